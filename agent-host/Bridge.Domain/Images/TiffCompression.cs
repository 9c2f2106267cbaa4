using System.IO.Compression;

namespace Bridge.Domain.Images;

/// <summary>The compressions of TIFF that are read, and the differences that may come before them (TIFF 6.0, sections 9, 13, 14; Adobe's technical note for deflate).</summary>
internal static class TiffCompression
{
    public const int None = 1, PackBits = 32773;
    private const int LzwCode = 5, OldJpeg = 6, Jpeg = 7, AdobeDeflate = 8, Deflate = 32946;

    /// <summary>Why a compression is not read, or null if it is.</summary>
    public static string? WhyNot(int compression) => compression switch
    {
        None or LzwCode or AdobeDeflate or Deflate or PackBits => null,
        OldJpeg or Jpeg => "(JPEG) is not read, because it changes the values",
        _ => "is not read",
    };

    /// <summary>Bytes that one byte can at most become.</summary>
    public static long MostExpansion(int compression) => compression switch { None => 1, LzwCode => 4096, PackBits => 64, _ => 1040 };

    /// <summary>The bytes of a strip or tile.</summary>
    /// <param name="length">Bytes that it has; what follows is left out.</param>
    /// <returns>Null if the packed bytes are damaged or too few.</returns>
    public static byte[]? Expand(int compression, byte[] packed, int length)
    {
        byte[] raw = new byte[length];
        bool isWhole = compression switch
        {
            None => packed.AsSpan(0, Math.Min(length, packed.Length)).TryCopyTo(raw) && packed.Length >= length,
            LzwCode => Lzw.Expand(packed, raw),
            PackBits => ExpandPackBits(packed, raw),
            _ => Inflate(packed, raw),
        };
        return isWhole ? raw : null;
    }

    /// <summary>Predictor 2: each sample is the difference to the same sample of the pixel before.</summary>
    public static void Accumulate(Span<byte> row, int samples, int bytes, bool bigEndian)
    {
        for (int i = samples * bytes; i < row.Length; i += bytes)
        {
            int carry = 0;
            for (int k = 0; k < bytes; k++)
            {
                int at = i + (bigEndian ? bytes - 1 - k : k);
                carry += row[at] + row[at - samples * bytes];
                (row[at], carry) = ((byte)carry, carry >> 8);
            }
        }
    }

    private static bool Inflate(byte[] packed, byte[] raw)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            return stream.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false) == raw.Length;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return false;  // an IOException: a stream that asks for a dictionary (RFC 1950, FDICT), which no image has
        }
    }

    private static bool ExpandPackBits(byte[] packed, byte[] raw)
    {
        int done = 0;
        for (int at = 0; at < packed.Length && done < raw.Length;)
        {
            sbyte head = (sbyte)packed[at++];
            if (head == -128)
                continue;
            int count = Math.Min(head >= 0 ? head + 1 : 1 - head, raw.Length - done), used = head >= 0 ? count : 1;
            if (at + used > packed.Length)
                return false;
            if (head >= 0)
                packed.AsSpan(at, count).CopyTo(raw.AsSpan(done));
            else
                raw.AsSpan(done, count).Fill(packed[at]);
            (at, done) = (at + used, done + count);
        }
        return done == raw.Length;
    }
}
