using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Bridge.Domain.Images;
using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Fuzz.Targets;

/// <summary>Images that are right, of random size and content.</summary>
internal static class ValidImages
{
    private const int Width = 256, Length = 257, Bits = 258, Compression = 259, Photometric = 262, Strip = 273, Samples = 277, RowsPerStrip = 278, StripBytes = 279, SampleFormat = 339;

    public static Gen<byte[]> Mrc => from pictures in Pictures
                                     select MrcWriter.Encode("fuzz.mrc", pictures, "fuzz");

    public static Gen<byte[]> Png => from pictures in Pictures
                                     select PngWriter.Encode(pictures[0], 0, 255);

    public static Gen<byte[]> Npy
        => from pictures in Pictures
           from type in Gen.Elements("<f4", ">i2", "|u1", "<f8")
           from fortran in Gen.Elements("False", "True")
           select MakeNpy(pictures[0].Height, pictures[0].Width, type, fortran);

    public static Gen<byte[]> Tiff
        => from pictures in Pictures
           from bigEndian in Gen.Elements(false, true)
           from compression in Gen.Elements(1, 8, 32773)
           select MakeTiff(pictures[0], bigEndian, compression);

    private static Gen<Picture[]> Pictures
        => from width in Gen.Choose(1, 24)
           from height in Gen.Choose(1, 24)
           from count in Gen.Choose(1, 3)
           from values in Gen.Choose(0, 255).ArrayOf(width * height)
           select Enumerable.Range(0, count).Select(i => new Picture(width, height, [.. values.Select(value => (float)value)])).ToArray();

    /// <summary>Makes the check sums of all whole chunks right.</summary>
    public static byte[] MendPng(byte[] input)
    {
        byte[] mended = [.. input];
        for (long at = 8; at + 12 <= mended.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(mended.AsSpan((int)at));
            if (length > mended.Length - at - 12)
                break;
            BinaryPrimitives.WriteUInt32BigEndian(mended.AsSpan((int)(at + 8 + length)), Crc32.Of(mended.AsSpan((int)at + 4, (int)length + 4), 0));
            at += 12L + length;
        }
        return mended;
    }

    private static byte[] MakeNpy(int rows, int columns, string type, string fortran)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': ({rows}, {columns}), }}\n");
        return [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, 0, .. header, .. new byte[rows * columns * (type[2] - '0')]];
    }

    /// <summary>One page of bytes in one strip.</summary>
    private static byte[] MakeTiff(Picture picture, bool bigEndian, int compression)
    {
        byte[] pixels = [.. picture.Values.Select(value => (byte)value)];
        byte[] packed = compression switch { 8 => Deflate(pixels), 32773 => PackBits(pixels, picture.Width), _ => pixels };
        (int Tag, int Value)[] fields =
        [
            (Width, picture.Width), (Length, picture.Height), (Bits, 8), (Compression, compression), (Photometric, 1), (Strip, 8), (Samples, 1), (RowsPerStrip, picture.Height), (StripBytes, packed.Length), (SampleFormat, 1),
        ];
        int directory = 8 + packed.Length + packed.Length % 2;
        byte[] file = new byte[directory + 2 + 12 * fields.Length + 4];
        (file[0], file[1]) = bigEndian ? ((byte)'M', (byte)'M') : ((byte)'I', (byte)'I');
        Put16(2, 42);
        Put32(4, directory);
        packed.CopyTo(file, 8);
        Put16(directory, fields.Length);
        for (int i = 0; i < fields.Length; i++)
        {
            int at = directory + 2 + 12 * i;
            Put16(at, fields[i].Tag);
            Put16(at + 2, 4);
            Put32(at + 4, 1);
            Put32(at + 8, fields[i].Value);
        }
        return file;

        void Put16(int at, int value)
        {
            if (bigEndian)
                BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), (ushort)value);
            else
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)value);
        }

        void Put32(int at, int value)
        {
            if (bigEndian)
                BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at), value);
            else
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }
    }

    private static byte[] Deflate(byte[] pixels)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(pixels);
        return packed.ToArray();
    }

    /// <summary>Each row as literals: the longest that PackBits makes of it.</summary>
    private static byte[] PackBits(byte[] pixels, int width) => [.. pixels.Chunk(width).SelectMany(row => (byte[])[(byte)(row.Length - 1), .. row])];
}
