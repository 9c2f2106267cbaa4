using Bridge.Contracts;
using Bridge.Domain.Images;
using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Domain.Tests.Images;

/// <summary>Whatever is done to a file, it is read, or refused by its name; and never with more memory than a small file can need.</summary>
[TestClass]
public sealed class ImageFuzzTests
{
    private const long MostMemory = 64 << 20;

    private static readonly byte[][] Whole =
    [
        ImageBuilder.NpyFloats("(2, 3, 4)", [.. Enumerable.Range(0, 24).Select(i => (float)i)]),
        PngWriter.Encode(new Picture(12, 9, new float[108]), 0, 1),
        MrcWriter.Encode("t.img", [new Picture(4, 3, [.. Enumerable.Range(0, 12).Select(i => (float)i)])], "fuzz"),
        TiffBuilder.Page(TiffBuilder.Lzw, [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], width: 3, height: 3),
        TiffBuilder.Page(TiffBuilder.PackBits, [0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA], width: 5, height: 2),
        TiffBuilder.Page(TiffBuilder.None, [1, 2, 3, 4, 5, 6], width: 3, height: 2),
    ];

    [TestMethod]
    public void Read_ChangedBytes_IsReadOrRefusedByName()
    {
        int read = 0, refused = 0;
        long most = 0;

        Prop.ForAll((NonNegativeInt which, (int At, byte Value)[] changes, NonNegativeInt cut) =>
        {
            byte[] file = [.. Whole[which.Get % Whole.Length]];
            foreach ((int at, byte value) in changes.Take(6))
                file[(int)((uint)at * 2654435761 % (uint)file.Length)] = value;
            file = cut.Get % 4 == 0 ? file[..(cut.Get * 31 % (file.Length + 1))] : file;
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ImageBuilder.Read(file);
                read++;
            }
            catch (ContractException e) when (e.Code is FaultCode.UnreadableFile or FaultCode.TooLarge && e.Message.StartsWith("t.img: ", StringComparison.Ordinal))
            {
                refused++;
            }
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            return most < MostMemory;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4_000));

        Assert.IsTrue(read > 200 && refused > 200, $"read {read}, refused {refused}");
    }

    [TestMethod]
    public void Read_CutAnywhere_IsRefusedByName()
    {
        foreach (byte[] whole in Whole)
        {
            for (int length = 0; length < whole.Length; length++)
            {
                byte[] cut = whole[..length];
                ContractException refusal = Assert.ThrowsExactly<ContractException>(() => ImageBuilder.Read(cut), $"{length} of {whole.Length}");
                StringAssert.StartsWith(refusal.Message, "t.img: ", StringComparison.Ordinal);
            }
        }
    }
}
