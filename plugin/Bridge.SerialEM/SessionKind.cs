namespace Bridge.SerialEM;

/// <summary>Sessions beside that of a collection.</summary>
internal enum SessionKind
{
    Alignment,
    Scan,
}
