using System.Buffers.Binary;
using Bridge.Contracts;
using Bridge.Domain.Images;
using Bridge.Testing;

namespace Bridge.Domain.Tests.Images;

[TestClass]
public sealed class MrcTests
{
    private const int ImodStamp = 1146047817;

    [TestMethod]
    public void Read_SharedHole_HasTheHeadersValues()
    {
        Picture picture = ImageFile.Read(SharedData.PathOf("holes", "08mar13e_00010gr_00004sq_v02_00005hl.mrc"));

        // Of the header, by Python's struct: dmin, dmax, dmean at bytes 76, 80, 84.
        Assert.AreEqual((512, 512), (picture.Width, picture.Height));
        Assert.AreEqual((695.2730712890625f, 2055.3837890625f), picture.Range());
        Assert.AreEqual(1323.2171630859375, picture.Values.Average(value => (double)value), 0.01);
    }

    [TestMethod]
    public void Read_LowByteFirstOrHighByteFirst_WhateverTheStampSays()
    {
        foreach (bool bigEndian in new[] { false, true })
        {
            foreach (byte stamp in new byte[] { 0x11, 0x44, 0 })
            {
                byte[] file = Header(bigEndian, mode: 1, stamp, data: [0, 0, 0, 0, 0, 0, 0, 0]);
                for (int i = 0; i < 4; i++)
                    Put(file.AsSpan(1024 + 2 * i), -300 + i, bigEndian, bytes: 2);

                CollectionAssert.AreEqual(new float[] { -300, -299, -298, -297 }, ImageBuilder.Read(file).Values, $"{bigEndian} {stamp}");
            }
        }
    }

    [TestMethod]
    [DataRow(ImodStamp, 1, 0f, 255f, -56f)]   // IMOD's flag wins over least and most value
    [DataRow(ImodStamp, 0, -100f, 100f, 200f)]
    [DataRow(0, 0, -100f, 100f, -56f)]
    [DataRow(0, 0, 0f, 200f, 200f)]
    [DataRow(0, 0, 0f, 100f, 200f)]
    [DataRow(0, 0, -50f, 130f, -56f)]
    [DataRow(0, 0, -10f, 250f, 200f)]
    public void Read_Bytes_AreSignedByImodsRule(int stamp, int flags, float min, float max, float expected)
    {
        byte[] file = Header(bigEndian: false, mode: 0, 0x44, data: [200, 1, 2, 3]);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(152), stamp);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(156), flags);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(76), min);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(80), max);

        CollectionAssert.AreEqual(new float[] { expected, 1, 2, 3 }, ImageBuilder.Read(file).Values);
    }

    [TestMethod]
    public void Read_FourBits_LowHalfFirst()
    {
        byte[] file = Header(bigEndian: false, mode: 101, 0x44, data: [0x21, 0x03, 0x54, 0x06], width: 3);
        byte[] halfWidth = Header(bigEndian: false, mode: 0, 0x44, data: [0x21, 0x43], width: 1);
        BinaryPrimitives.WriteInt32LittleEndian(halfWidth.AsSpan(152), ImodStamp);
        BinaryPrimitives.WriteInt32LittleEndian(halfWidth.AsSpan(156), 16);

        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4, 5, 6 }, ImageBuilder.Read(file).Values);
        Picture wide = ImageBuilder.Read(halfWidth);
        Assert.AreEqual(2, wide.Width);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4 }, wide.Values);
    }

    [TestMethod]
    [DataRow(0, 0, FaultCode.UnreadableFile, "nx, ny is 0 x 2")]
    [DataRow(0, -5, FaultCode.UnreadableFile, "nx, ny is -5 x 2")]
    [DataRow(0, int.MaxValue, FaultCode.TooLarge, "nx, ny is 2147483647 x 2")]
    [DataRow(4, 1 << 20, FaultCode.UnreadableFile, "nx, ny, nz")]
    [DataRow(8, 0, FaultCode.UnreadableFile, "nz is 0")]
    [DataRow(8, int.MaxValue, FaultCode.UnreadableFile, "cut short")]
    [DataRow(12, 3, FaultCode.UnreadableFile, "mode 3 is a transform")]
    [DataRow(12, 4, FaultCode.UnreadableFile, "mode 4 is a transform")]
    [DataRow(12, 16, FaultCode.UnreadableFile, "mode 16 has colours")]
    [DataRow(12, 7, FaultCode.UnreadableFile, "mode 7 is not known")]
    [DataRow(92, -1, FaultCode.UnreadableFile, "next")]
    [DataRow(92, 1_000_000, FaultCode.UnreadableFile, "next")]
    public void Open_HeaderThatCannotBe_IsRefusedByField(int at, int value, FaultCode code, string words)
    {
        byte[] file = Header(bigEndian: false, mode: 2, 0x44, data: new byte[16]);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refusal.Of(code, () => ImageBuilder.Open(file), "t.img", "MRC", words);

        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Read_AllNaN_IsRefused()
        => Refusal.Of(FaultCode.UnreadableFile, () => ImageBuilder.Read(Header(bigEndian: false, mode: 2, 0x44, data: [.. Enumerable.Repeat((byte)0xFF, 16)])), "t.img", "none of its 2 x 2");

    [TestMethod]
    public void Open_SomethingElse_SaysWhatIsRead()
        => Refusal.Of(FaultCode.UnreadableFile, () => ImageBuilder.Open(Refusal.Utf8(new string('x', 3000))), "t.img", "NPY, MRC, TIFF, PNG");

    [TestMethod]
    public void Encode_SectionsOfTwoSizes_IsRefused()
        => Refusal.Of(FaultCode.BadField, () => MrcWriter.Encode("a.mrc", [new Picture(1, 1, [1]), new Picture(2, 1, [1, 2])], ""), "a.mrc", "one size");

    private static byte[] Header(bool bigEndian, int mode, byte stamp, byte[] data, int width = 2)
    {
        byte[] file = new byte[1024 + data.Length];
        (int At, int Value)[] numbers = [(0, width), (4, 2), (8, 1), (12, mode), (28, width), (32, 2), (36, 1), (64, 1), (68, 2), (72, 3)];
        foreach ((int at, int value) in numbers)
            Put(file.AsSpan(at), value, bigEndian, bytes: 4);
        "MAP "u8.CopyTo(file.AsSpan(208));
        (file[212], file[213]) = (stamp, stamp);
        data.CopyTo(file, 1024);
        return file;
    }

    private static void Put(Span<byte> into, int value, bool bigEndian, int bytes)
    {
        for (int i = 0; i < bytes; i++)
            into[bigEndian ? bytes - 1 - i : i] = (byte)(value >> 8 * i);
    }
}
