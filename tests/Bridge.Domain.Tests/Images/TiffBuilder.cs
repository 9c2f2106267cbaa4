using System.Buffers.Binary;

namespace Bridge.Domain.Tests.Images;

/// <summary>TIFF files of one page and one strip, pixels first and fields last.</summary>
internal static class TiffBuilder
{
    public const int None = 1, Lzw = 5, PackBits = 32773;

    /// <summary>The fields of an 8-bit grey page.</summary>
    public static SortedDictionary<int, int> Fields(int compression, int bytes, int width, int height) => new()
    {
        [256] = width, [257] = height, [258] = 8, [259] = compression, [262] = 1, [273] = 8, [277] = 1, [278] = height, [279] = bytes,
    };

    public static byte[] Page(int compression, byte[] strip, int width, int height) => Page(strip, Fields(compression, strip.Length, width, height));

    public static byte[] Page(byte[] strip, SortedDictionary<int, int> fields, int next = 0)
    {
        byte[] file = new byte[8 + strip.Length + 2 + 12 * fields.Count + 4];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 8 + strip.Length);
        strip.CopyTo(file, 8);
        int at = 8 + strip.Length;
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(at), (short)fields.Count);
        at += 2;
        foreach ((int tag, int value) in fields)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)tag);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at + 2), 4);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 4), 1);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 8), value);
            at += 12;
        }
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), next);
        return file;
    }
}
