using Bridge.Contracts;
using Bridge.Domain.Images;
using Bridge.Testing;

namespace Bridge.Domain.Tests.Images;

[TestClass]
public sealed class PngTests
{
    [TestMethod]
    public void Encode_Grey_ReadsBackClipped()
    {
        var picture = new Picture(3, 2, [-5, 0, 50, 100, 200, float.NaN]);

        Picture read = ImageBuilder.Read(PngWriter.Encode(picture, 0, 100));

        CollectionAssert.AreEqual(new float[] { 0, 0, 128, 255, 255, 0 }, read.Values);
    }

    [TestMethod]
    public void Encode_Colour_ReadsBackAsLuma()
    {
        var colour = new ColourPicture(2, 1);
        colour.Set(0, 0, 255, 0, 0);
        colour.Set(1, 0, 0, 255, 255);

        Picture read = ImageBuilder.Read(PngWriter.Encode(colour));

        Assert.AreEqual(0.299 * 255, read.Values[0], 1e-3);
        Assert.AreEqual(0.701 * 255, read.Values[1], 1e-3);
    }

    [TestMethod]
    public void Write_ToAFile_ReadsBack()
    {
        using var folder = new TempFolder();
        var picture = new Picture(1, 1, [7]);

        PngWriter.Write(folder.File("a.png"), picture, 0, 255);

        Assert.AreEqual(7, ImageFile.Read(folder.File("a.png")).Values[0]);
    }

    [TestMethod]
    public void Read_CutAnywhere_IsRefusedByFile()
    {
        byte[] whole = PngWriter.Encode(new Picture(20, 20, new float[400]), 0, 1);

        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            ContractException refusal = Assert.ThrowsExactly<ContractException>(() => ImageBuilder.Read(cut));
            StringAssert.StartsWith(refusal.Message, "t.img: ", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public void Read_AnyByteChanged_IsRefusedByFile()
    {
        byte[] whole = PngWriter.Encode(new Picture(20, 20, new float[400]), 0, 1);

        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            Assert.ThrowsExactly<ContractException>(() => ImageBuilder.Read(changed), $"byte {at}");
        }
    }

    [TestMethod]
    public void Open_HugeSizeInASmallFile_IsRefusedBeforeMemoryIsTaken()
    {
        byte[] file = PngWriter.Encode(new Picture(20, 20, new float[400]), 0, 1);
        file[18] = file[22] = 0x40;  // 16 404 x 16 404
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc32.Of(file.AsSpan(12, 17)));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refusal.Of(FaultCode.TooLarge, () => ImageBuilder.Read(file), "t.img", "IHDR");

        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Open_Jpeg_IsRefusedByNameWithWhatToDo()
        => Refusal.Of(FaultCode.UnreadableFile, () => ImageFile.Open(SharedData.PathOf("holes", "hl_example.jpg")), "hl_example.jpg", "JPEG", "save the image as");
}
