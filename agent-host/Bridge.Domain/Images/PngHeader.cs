using System.Buffers.Binary;

namespace Bridge.Domain.Images;

/// <summary>The IHDR chunk of a PNG file.</summary>
/// <param name="Depth">Bits of a sample.</param>
/// <param name="Colour">0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha.</param>
internal sealed record PngHeader(int Width, int Height, int Depth, int Colour)
{
    public const int Bytes = 13;

    public bool HasPalette => Colour == 3;

    public int Samples => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Bytes of a row, without the filter's.</summary>
    public int RowBytes => (int)(((long)Width * Samples * Depth + 7) / 8);

    /// <summary>From a byte to its left neighbour, for the filters.</summary>
    public int PixelBytes => Math.Max(1, Samples * Depth / 8);

    /// <exception cref="Contracts.ContractException">Not a PNG, or one that is not read.</exception>
    public static PngHeader Read(ImageBytes file, ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != Bytes)
            throw file.Bad($"PNG IHDR has {chunk.Length} bytes, not {Bytes}");
        long width = BinaryPrimitives.ReadUInt32BigEndian(chunk), height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        Picture.CheckSize(file.Name, "PNG IHDR size", width, height);
        (int depth, int colour) = (chunk[8], chunk[9]);
        bool known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known || chunk[10] != 0 || chunk[11] != 0)
            throw file.Bad($"PNG IHDR: colour type {colour} with {depth} bits, compression {chunk[10]} and filter {chunk[11]} is no PNG; save it again");
        return chunk[12] == 0
            ? new PngHeader((int)width, (int)height, depth, colour)
            : throw file.Bad("PNG IHDR: interlaced images are not read; save it without interlacing");
    }
}
