namespace Bridge.Agents.Weights;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last one.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsType Type, long[] Shape, long Begin, long End)
{
    public long Bytes => End - Begin;

    /// <summary>Type and shape for people: <c>F32 [3, 4]</c>.</summary>
    public string Kind => $"{Type.Name()} [{string.Join(", ", Shape)}]";
}
