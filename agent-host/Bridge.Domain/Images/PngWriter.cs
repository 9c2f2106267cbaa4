using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Bridge.Domain.Files;

namespace Bridge.Domain.Images;

/// <summary>Writes PNG files of 8 bits a sample.</summary>
public static class PngWriter
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ColourPicture picture) => OutputFile.Replace(path, Encode(picture));

    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="low">Value that becomes black.</param>
    /// <param name="high">Value that becomes white.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, Picture picture, float low, float high) => OutputFile.Replace(path, Encode(picture, low, high));

    /// <summary>A grey PNG; a pixel without a value is black.</summary>
    public static byte[] Encode(Picture picture, float low, float high)
    {
        byte[] grey = new byte[picture.Values.Length];
        for (int i = 0; i < grey.Length; i++)
            grey[i] = ColourPicture.ToByte(picture.Values[i], low, high);
        return Encode(picture.Width, picture.Height, samples: 1, grey);
    }

    public static byte[] Encode(ColourPicture picture) => Encode(picture.Width, picture.Height, samples: 3, picture.Rgb);

    private static byte[] Encode(int width, int height, int samples, byte[] pixels)
    {
        var file = new MemoryStream();
        file.Write(Signature);
        byte[] header = new byte[PngHeader.Bytes];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, samples == 3 ? (byte)2 : (byte)0);
        WriteChunk(file, "IHDR", header);
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                deflate.WriteByte(0);  // no filter
                deflate.Write(pixels, y * width * samples, width * samples);
            }
        }
        WriteChunk(file, "IDAT", packed.ToArray());
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] name = Encoding.ASCII.GetBytes(type);
        file.Write(name);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(content, Crc32.Of(name)));
        file.Write(number);
    }
}
