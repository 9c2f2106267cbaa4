using Bridge.Contracts;
using Bridge.Domain.Images;

namespace Bridge.Domain.Tests.Images;

[TestClass]
public sealed class TiffTests
{
    private static readonly byte[] Strip = [1, 2, 3, 4, 5, 6];

    [TestMethod]
    public void Read_PackBits_ExampleOfTheSpecification()
    {
        // TIFF 6.0, section 9: 24 bytes; the repeated, copied and skipped kinds all occur.
        byte[] packed = [0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA, 0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7, 0xAA];

        Picture picture = ImageBuilder.Read(TiffBuilder.Page(TiffBuilder.PackBits, packed, width: 24, height: 1));

        CollectionAssert.AreEqual(
            new float[] { 0xAA, 0xAA, 0xAA, 0x80, 0, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x80, 0, 0x2A, 0x22, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA },
            picture.Values);
    }

    [TestMethod]
    public void Read_WhiteIsZero_IsTurned()
    {
        SortedDictionary<int, int> fields = TiffBuilder.Fields(TiffBuilder.None, Strip.Length, 3, 2);
        fields[262] = 0;

        CollectionAssert.AreEqual(new float[] { 254, 253, 252, 251, 250, 249 }, ImageBuilder.Read(TiffBuilder.Page(Strip, fields)).Values);
    }

    [TestMethod]
    [DataRow(256, 0, FaultCode.UnreadableFile, "ImageWidth, ImageLength is 0 x 2")]
    [DataRow(256, int.MaxValue, FaultCode.TooLarge, "ImageWidth")]
    [DataRow(256, 1 << 20, FaultCode.UnreadableFile, "StripByteCounts 1")]
    [DataRow(258, 4, FaultCode.UnreadableFile, "BitsPerSample 4")]
    [DataRow(258, 24, FaultCode.UnreadableFile, "BitsPerSample 24")]
    [DataRow(259, 7, FaultCode.UnreadableFile, "Compression 7 (JPEG)")]
    [DataRow(259, 50000, FaultCode.UnreadableFile, "Compression 50000")]
    [DataRow(259, 5, FaultCode.UnreadableFile, "StripOffsets 1")]
    [DataRow(262, 3, FaultCode.UnreadableFile, "PhotometricInterpretation 3")]
    [DataRow(262, 2, FaultCode.UnreadableFile, "SamplesPerPixel 1")]
    [DataRow(266, 2, FaultCode.UnreadableFile, "FillOrder")]
    [DataRow(273, 100_000, FaultCode.UnreadableFile, "StripOffsets 1")]
    [DataRow(277, 9, FaultCode.UnreadableFile, "SamplesPerPixel 9")]
    [DataRow(278, 0, FaultCode.UnreadableFile, "RowsPerStrip")]
    [DataRow(279, 5, FaultCode.UnreadableFile, "StripByteCounts 1")]
    [DataRow(317, 3, FaultCode.UnreadableFile, "Predictor 3")]
    [DataRow(324, 8, FaultCode.UnreadableFile, "TileWidth is missing")]
    public void Read_FieldThatCannotBe_IsRefusedByField(int tag, int value, FaultCode code, string words)
    {
        SortedDictionary<int, int> fields = TiffBuilder.Fields(TiffBuilder.None, Strip.Length, 3, 2);
        fields[tag] = value;
        byte[] file = TiffBuilder.Page(Strip, fields);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refusal.Of(code, () => ImageBuilder.Read(file), "t.img", "TIFF", words);

        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Open_PagesInACircle_AreRefused()
        => Refusal.Of(FaultCode.UnreadableFile, () => ImageBuilder.Open(TiffBuilder.Page(Strip, TiffBuilder.Fields(TiffBuilder.None, Strip.Length, 3, 2), next: 8 + Strip.Length)), "t.img", "earlier one");

    [TestMethod]
    public void Read_TileOfAGigabyte_IsRefusedBeforeMemoryIsTaken()
    {
        SortedDictionary<int, int> fields = TiffBuilder.Fields(8, Strip.Length, 3, 2);
        (fields[322], fields[323], fields[324], fields[325]) = (16_384, 16_384, 8, Strip.Length);
        byte[] file = TiffBuilder.Page(Strip, fields);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refusal.Of(FaultCode.UnreadableFile, () => ImageBuilder.Read(file), "TileByteCounts");

        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
