using System.Buffers.Binary;
using Bridge.Contracts;

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
        int bytes = type switch
        {
            "u8" => 1,
            "u16" => 2,
            "f32" => 4,
            _ => throw new ContractException(FaultCode.BadField, $"picture: a pixel is {string.Join(", ", Types)}, not '{type}'"),
        };
        if (width is < LeastEdge or > MostEdge || height is < LeastEdge or > MostEdge)
            throw new ContractException(FaultCode.BadField, $"picture: each edge must have {LeastEdge} to {MostEdge} px, got {width} x {height}");
        if (pixels.Length != (long)width * height * bytes)
            throw new ContractException(FaultCode.BadField, $"picture: {width} x {height} px of {type} are {(long)width * height * bytes} bytes, the frame has {pixels.Length}");
        float[] grey = new float[width * height];
        for (int i = 0; i < grey.Length; i++)
        {
            grey[i] = bytes switch
            {
                1 => pixels[i],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(pixels.AsSpan(2 * i)),
                _ => BinaryPrimitives.ReadSingleLittleEndian(pixels.AsSpan(4 * i)),
            };
            if (!float.IsFinite(grey[i]))
                throw new ContractException(FaultCode.BadField, $"picture: pixel {i % width}, {i / width} is no number");
        }
        return new CameraPicture(width, height, grey, bytes switch { 1 => byte.MaxValue, 2 => ushort.MaxValue, _ => float.PositiveInfinity });
    }
}
