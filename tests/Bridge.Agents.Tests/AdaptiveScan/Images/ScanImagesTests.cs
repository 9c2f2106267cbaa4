using System.Text;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.Agents.Tests.AdaptiveScan.Images;

[TestClass]
public sealed class ScanImagesTests
{
    [TestMethod]
    public void Read_WithTable_TakesTheGroups()
    {
        using TempFolder folder = new();
        string path = Npy(folder, 3, 16);
        File.WriteAllText(folder.File("x.tsv"), "index\tgroup\tsource\n0\ta\tf\n1\tb\tf\n2\ta\tf\n");

        IReadOnlyList<ScanImage> images = ScanImages.Read(path);

        CollectionAssert.AreEqual((string[])["a", "b", "a"], images.Select(image => image.Group).ToArray());
        Assert.AreEqual(17, images[0].Values[17]);
    }

    [TestMethod]
    public void Read_WithoutTable_IsOneGroup()
    {
        using TempFolder folder = new();

        IReadOnlyList<ScanImage> images = ScanImages.Read(Npy(folder, 2, 16));

        Assert.IsTrue(images.All(image => image.Group == "x"));
    }

    [TestMethod]
    [DataRow("index\tname\n0\ta\n", "'group'")]
    [DataRow("index\tgroup\nzero\ta\n", "line 2")]
    public void Read_BadTable_IsRefusedByName(string table, string named)
    {
        using TempFolder folder = new();
        string path = Npy(folder, 1, 16);
        File.WriteAllText(folder.File("x.tsv"), table);

        ContractException e = Assert.ThrowsExactly<ContractException>(() => ScanImages.Read(path));

        Assert.Contains(named, e.Message);
    }

    [TestMethod]
    public void Read_TooSmall_IsRefused()
    {
        using TempFolder folder = new();
        string path = Npy(folder, 1, 8);

        ContractException e = Assert.ThrowsExactly<ContractException>(() => ScanImages.Read(path));

        Assert.Contains("too small", e.Message);
    }

    [TestMethod]
    public void Split_Groups_AreNeverInBoth()
    {
        ScanImage[] images = [.. Enumerable.Range(0, 40).Select(i => new ScanImage(new float[256], 16, 16, $"g{i % 7}"))];

        IReadOnlyList<ScanImage> train = ScanImages.Split(images, test: false), test = ScanImages.Split(images, test: true);

        Assert.AreEqual(40, train.Count + test.Count);
        Assert.IsEmpty(train.Select(image => image.Group).Intersect(test.Select(image => image.Group)));
        CollectionAssert.AreEquivalent((string[])["g0", "g3", "g6"], test.Select(image => image.Group).Distinct().ToArray());
    }

    /// <summary>Images of uint16 that count up, as NumPy writes them.</summary>
    private static string Npy(TempFolder folder, int count, int size)
    {
        string header = $"{{'descr': '<u2', 'fortran_order': False, 'shape': ({count}, {size}, {size}), }}";
        header = header.PadRight((10 + header.Length + 1 + 63) / 64 * 64 - 11) + "\n";
        using var bytes = new MemoryStream();
        bytes.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        bytes.Write(Encoding.ASCII.GetBytes(header));
        for (int i = 0; i < count * size * size; i++)
            bytes.Write([(byte)i, (byte)(i >> 8)]);
        return folder.Write("x.npy", bytes.ToArray());
    }
}
