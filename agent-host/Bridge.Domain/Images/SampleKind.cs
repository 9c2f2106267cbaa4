namespace Bridge.Domain.Images;

/// <summary>What the bits of a value mean.</summary>
public enum SampleKind
{
    Unsigned,
    Signed,
    Float,
}
