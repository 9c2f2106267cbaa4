using System.Buffers.Binary;
using System.IO.Compression;

namespace Bridge.Domain.Images;

/// <summary>
/// A PNG file (PNG specification, third edition): grey, palette or RGB, with 1 to 16 bits. Colours become their luma (ITU-R BT.601), transparency is left out.
/// Check sums of all chunks are checked.
/// </summary>
internal sealed class PngSource : ImageSource
{
    private const int MostChunks = 1 << 20;

    /// <summary>Deflate makes at most some 1032 bytes of one.</summary>
    private const long MostExpansion = 1040;

    private readonly PngHeader _header;
    private readonly float[] _palette;
    private readonly List<(long Offset, int Length)> _parts = [];

    public PngSource(ImageBytes bytes)
        : base(bytes)
    {
        long at = 8, packed = 0;
        PngHeader? header = null;
        float[]? palette = null;
        for (int chunk = 0; ; chunk++)
        {
            byte[] head = bytes.Read(at, 8, $"PNG chunk {chunk + 1}");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
            string type = System.Text.Encoding.Latin1.GetString(head, 4, 4);
            if (chunk >= MostChunks)
                throw bytes.Bad($"PNG: more than {MostChunks} chunks; save it again");
            if (header is null && type != "IHDR")
                throw bytes.Bad("PNG: the first chunk must be IHDR");
            bytes.CheckHolds(at + 8, length + 4L, $"PNG chunk {type}");
            CheckSum(at + 4, length, type);
            if (type == "IEND")
                break;
            switch (type)
            {
                case "IHDR":
                    header = PngHeader.Read(bytes, length == PngHeader.Bytes ? bytes.Read(at + 8, length, "PNG IHDR") : default);
                    break;
                case "PLTE":
                    palette = ReadPalette(at + 8, length);
                    break;
                case "IDAT":
                    _parts.Add((at + 8, (int)length));
                    packed += length;
                    break;
            }
            at += 12L + length;
        }
        _header = header!;
        _palette = palette ?? [];
        if (_header.HasPalette && palette is null)
            throw bytes.Bad("PNG: the palette (PLTE) is missing");
        if ((_header.RowBytes + 1L) * _header.Height > packed * MostExpansion)
            throw bytes.Bad($"PNG IHDR size {_header.Width} x {_header.Height} does not fit {packed} bytes of pixels (IDAT): the file is damaged");
    }

    public override string Format => "PNG";

    public override int Count => 1;

    private protected override Picture ReadOne(int index)
    {
        float[] values = new float[_header.Width * _header.Height];
        byte[] row = new byte[_header.RowBytes], above = new byte[_header.RowBytes];
        byte[] filter = new byte[1];
        try
        {
            using var pixels = new ZLibStream(new PartsStream(File, _parts), CompressionMode.Decompress);
            for (int y = 0; y < _header.Height; y++)
            {
                pixels.ReadExactly(filter);
                pixels.ReadExactly(row);
                if (!PngFilter.Undo(filter[0], row, above, _header.PixelBytes))
                    throw File.Bad($"PNG row {y + 1}: filter {filter[0]} is not known; the file is damaged");
                ToValues(row, values.AsSpan(y * _header.Width, _header.Width));
                (row, above) = (above, row);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // It ends too early, is damaged, or asks for a dictionary (RFC 1950, FDICT), which zlib reports as an IOException.
            throw File.Bad($"PNG pixels (IDAT) are damaged or too few for {_header.Width} x {_header.Height}: {e.Message}");
        }
        return new Picture(_header.Width, _header.Height, values);
    }

    private void ToValues(byte[] row, Span<float> values)
    {
        int depth = _header.Depth, samples = _header.Samples;
        for (int x = 0; x < values.Length; x++)
        {
            values[x] = _header.Colour switch
            {
                3 when (int)Sample(row, x, depth) is var entry => entry < _palette.Length
                    ? _palette[entry]
                    : throw File.Bad($"PNG: a pixel has colour {entry}, the palette (PLTE) has {_palette.Length}"),
                2 or 6 => Luma(Sample(row, x * samples, depth), Sample(row, x * samples + 1, depth), Sample(row, x * samples + 2, depth)),
                _ => Sample(row, x * samples, depth),
            };
        }
    }

    private static float Sample(byte[] row, int index, int depth) => depth switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(2 * index)),
        8 => row[index],
        _ => row[index * depth / 8] >> 8 - depth - index * depth % 8 & (1 << depth) - 1,
    };

    private static float Luma(float red, float green, float blue) => 0.299f * red + 0.587f * green + 0.114f * blue;

    private float[] ReadPalette(long offset, uint length)
    {
        if (length is 0 or > 768 || length % 3 != 0)
            throw File.Bad($"PNG PLTE has {length} bytes; it must have 3 for each of 1 to 256 colours");
        byte[] entries = File.Read(offset, length, "PNG PLTE");
        float[] palette = new float[length / 3];
        for (int i = 0; i < palette.Length; i++)
            palette[i] = Luma(entries[3 * i], entries[3 * i + 1], entries[3 * i + 2]);
        return palette;
    }

    private void CheckSum(long offset, uint length, string type)
    {
        uint crc = 0;
        byte[] piece = new byte[Math.Min(length + 4L, 65_536)];
        for (long done = 0, all = length + 4L; done < all; done += piece.Length)
        {
            Span<byte> part = piece.AsSpan(0, (int)Math.Min(piece.Length, all - done));
            File.ReadInto(offset + done, part, $"PNG chunk {type}");
            crc = Crc32.Of(part, crc);
        }
        if (BinaryPrimitives.ReadUInt32BigEndian(File.Read(offset + 4 + length, 4, $"PNG chunk {type}")) != crc)
            throw File.Bad($"PNG chunk {type}: the check sum is wrong; the file is damaged, copy it again");
    }
}
