using System.Buffers.Binary;
using System.Text;
using Bridge.Packaging.Packages;
using Bridge.Testing;

namespace Bridge.Install.Tests;

[TestClass]
public sealed class PackageSealTests
{
    private static readonly DateTimeOffset s_time = new(2026, 1, 31, 7, 30, 0, TimeSpan.Zero);

    [TestMethod]
    public void Apply_PackagesThatDifferByChanceOnly_BecomeTheSame()
    {
        byte[] first = Package("{5D310DF6-796F-46FD-A49D-C91B9C465D33}", 17, content: 1), second = Package("{C507D8CB-E9D7-451B-BF8A-CCB3ABF874F7}", 99, content: 1);

        PackageSeal.Apply(first, s_time);
        PackageSeal.Apply(second, s_time);

        CollectionAssert.AreEqual(first, second);
        Assert.AreEqual(s_time.UtcDateTime, DateTime.FromFileTimeUtc(BinaryPrimitives.ReadInt64LittleEndian(first.AsSpan(Stream + Section + 84))));
        StringAssert.Matches(Encoding.ASCII.GetString(first, Stream + Section + 40, 38), new(@"^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$"));
    }

    [TestMethod]
    public void Apply_PackagesWithOtherContent_GetOtherCodes()
    {
        byte[] first = Package("{5D310DF6-796F-46FD-A49D-C91B9C465D33}", 17, content: 1), second = Package("{5D310DF6-796F-46FD-A49D-C91B9C465D33}", 17, content: 2);

        PackageSeal.Apply(first, s_time);
        PackageSeal.Apply(second, s_time);

        Assert.IsFalse(first.AsSpan(Stream + Section + 40, 38).SequenceEqual(second.AsSpan(Stream + Section + 40, 38)));
    }

    [TestMethod]
    public void Apply_FileThatIsNoSuchPackage_IsRefused()
    {
        byte[] whole = Package("{5D310DF6-796F-46FD-A49D-C91B9C465D33}", 17, content: 1);
        List<byte[]> others = [new byte[4096], [], Package("no GUID, but as long as one would be...", 17, content: 1), [.. whole, .. whole]];
        for (int length = 0; length < Stream + Section + 90; length += 7)
            others.Add(whole[..length]);

        foreach (byte[] other in others)
            Assert.ThrowsExactly<InvalidDataException>(() => PackageSeal.Apply(other, s_time), $"{other.Length} bytes");
    }

    [TestMethod]
    public void ProductCode_SameContentElsewhere_IsTheSameAndAnyOtherIsNot()
    {
        using TempFolder first = Stage("a"), second = Stage("a"), other = Stage("b");

        Guid code = Checksums.ProductCode("1.0.0", [first.Path]);

        Assert.AreEqual(code, Checksums.ProductCode("1.0.0", [second.Path]));
        Assert.AreNotEqual(code, Checksums.ProductCode("1.0.0", [other.Path]));
        Assert.AreNotEqual(code, Checksums.ProductCode("1.0.1", [first.Path]));
    }

    [TestMethod]
    public void Checksums_StagedPackage_NamesEveryFileAsSha256SumDoes()
    {
        using TempFolder stage = Stage("a"), folder = new();
        string package = folder.Write("bridge-1.0.0.msi", "abc"u8), plugin = folder.Write("SerialEM-Bridge-64.dll", ""u8);

        string[] lines = Checksums.Of(package, stage.Path, plugin).Split('\n');

        CollectionAssert.AreEqual(
            new[]
            {
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  bridge-1.0.0.msi",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  Plugins/SerialEM-Bridge-64.dll",
                "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  Bridge/docs/index.html",
                "",
            },
            lines);
    }

    /// <summary>Where the stream begins in a package of these tests, and the section in the stream.</summary>
    private const int Stream = 512, Section = 48;

    private static TempFolder Stage(string text)
    {
        var stage = new TempFolder();
        Directory.CreateDirectory(stage.File("docs"));
        stage.Write("docs/index.html", Encoding.ASCII.GetBytes(text));
        return stage;
    }

    /// <summary>Something, a summary with package code and both times ([MS-OLEPS] 2.21), and something more.</summary>
    private static byte[] Package(string code, long time, byte content)
    {
        byte[] package = new byte[2048];
        package.AsSpan(1024).Fill(content);
        Span<byte> stream = package.AsSpan(Stream);
        new Guid("F29F85E0-4FF9-1068-AB91-08002B27B3D9").TryWriteBytes(stream[28..]);
        BinaryPrimitives.WriteInt32LittleEndian(stream[44..], Section);
        Span<byte> section = stream[Section..];
        int[] properties = [9, 32, 12, 80, 13, 92];
        BinaryPrimitives.WriteInt32LittleEndian(section[4..], 3);
        for (int i = 0; i < properties.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(section[(8 + 4 * i)..], properties[i]);
        BinaryPrimitives.WriteInt32LittleEndian(section[32..], 30);
        BinaryPrimitives.WriteInt32LittleEndian(section[36..], 39);
        Encoding.ASCII.GetBytes(code, section[40..]);
        foreach (int at in (int[])[80, 92])
        {
            BinaryPrimitives.WriteInt32LittleEndian(section[at..], 64);
            BinaryPrimitives.WriteInt64LittleEndian(section[(at + 4)..], time);
        }
        return package;
    }
}
