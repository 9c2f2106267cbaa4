using Bridge.Contracts;
using Bridge.Domain.Images;

namespace Bridge.Agents.Alignment.Camera;

/// <summary>A picture of one camera frame: grey values row by row, the top left one first.</summary>
/// <param name="Grey">(<paramref name="Height"/>, <paramref name="Width"/>), finite.</param>
/// <param name="Full">Value at which a pixel is saturated; infinity if there is none.</param>
public sealed record CameraPicture(int Width, int Height, float[] Grey, float Full)
{
    /// <summary>Least and most px of an edge.</summary>
    public const int LeastEdge = 16, MostEdge = 8192;

    /// <summary>Ways that a pixel may be written: one byte, two or four bytes with the low one first.</summary>
    public static IReadOnlyList<string> Types { get; } = ["u8", "u16", "f32"];

    /// <summary>Reads the pixels of a message.</summary>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <exception cref="ContractException">The size or type is out of range, the number of bytes does not fit them, or a pixel is no number.</exception>
    public static CameraPicture Read(int width, int height, string type, byte[] pixels)
    {
        SampleType sample = type switch
        {
            "u8" => new SampleType(SampleKind.Unsigned, 1),
            "u16" => new SampleType(SampleKind.Unsigned, 2),
            "f32" => new SampleType(SampleKind.Float, 4),
            _ => throw new ContractException(FaultCode.BadField, $"picture: a pixel is {string.Join(", ", Types)}, not '{type}'"),
        };
        if (width is < LeastEdge or > MostEdge || height is < LeastEdge or > MostEdge)
            throw new ContractException(FaultCode.BadField, $"picture: each edge must have {LeastEdge} to {MostEdge} px, got {width} x {height}");
        if (pixels.Length != (long)width * height * sample.Bytes)
            throw new ContractException(FaultCode.BadField, $"picture: {width} x {height} px of {type} are {(long)width * height * sample.Bytes} bytes, the frame has {pixels.Length}");
        float[] grey = new float[width * height];
        sample.Decode(pixels, grey);
        int wrong = Array.FindIndex(grey, float.IsNaN);
        if (wrong >= 0)
            throw new ContractException(FaultCode.BadField, $"picture: pixel {wrong % width}, {wrong / width} is no number");
        return new CameraPicture(width, height, grey, sample.Bytes switch { 1 => byte.MaxValue, 2 => ushort.MaxValue, _ => float.PositiveInfinity });
    }
}
