using Bridge.Contracts;
using Bridge.Domain.Autodoc;
using Bridge.Domain.Mdoc;
using Bridge.Domain.Navigator;
using Bridge.Testing;

namespace Bridge.Domain.Tests.Autodoc;

/// <summary>Files by other people, broken at random: they are read or refused, and what is read is written back as it was.</summary>
[TestClass]
public sealed class AdocMutationTests
{
    private const int Rounds = 400;

    [TestMethod]
    public void Navigator_BrokenAtRandom_IsReadOrRefused()
    {
        int read = Break("navigator", bytes =>
        {
            NavigatorFile file = NavigatorFile.Parse("a.nav", bytes);
            Touch(file);
            return file.Document;
        });

        Assert.IsGreaterThan(100, read, "most are read: otherwise this tests the first check only");
    }

    [TestMethod]
    public void Mdoc_BrokenAtRandom_IsReadOrRefused()
    {
        int read = Break("mdoc", bytes =>
        {
            MdocFile file = MdocFile.Parse("a.mdoc", bytes);
            foreach (MdocSection image in file.Images)
                _ = (image.Stage, image.DateTime, image.MinMaxMean, image.PieceCoordinates, image.ImageShiftUm, image.Number);
            return file.Document;
        });

        Assert.IsGreaterThan(100, read);
    }

    private static void Touch(NavigatorFile file)
    {
        foreach (NavigatorItem item in file.Items)
            _ = (item.Stage, item.Type, item.Acquire, item.GroupId, item.MapScaleMat, item.MapWidthHeight, item.HoleArray, item.SkipHoles, item.PtsX, item.PtsY, item.Note, item.UserValue(8));
        try
        {
            _ = NavigatorGrid.From(file);
        }
        catch (ContractException e) when (e.Code is FaultCode.NoTargets or FaultCode.UnreadableFile)
        {
            return;  // nothing left to collect
        }
    }

    private static int Break(string folder, Func<byte[], AdocDocument> parse)
    {
        var random = new Random(7);
        int read = 0;
        foreach (string path in Directory.GetFiles(SharedData.PathOf(folder)).Order(StringComparer.Ordinal))
        {
            byte[] whole = File.ReadAllBytes(path);
            for (int round = 0; round < Rounds; round++)
            {
                byte[] broken = Mutate(whole, random);
                try
                {
                    AdocDocument document = parse([.. broken]);
                    read++;
                    CollectionAssert.AreEqual(broken, document.ToBytes());
                    AdocSection section = document.Sections.Count > 0 ? document.Sections[random.Next(document.Sections.Count)] : document.Global;
                    string? key = section.Keys.FirstOrDefault();
                    if (key is null || section[key] is not { } value || value.AsSpan().ContainsAnyInRange('\0', '\u001f'))
                        continue;
                    section.Set(key, "a value of another length");
                    Assert.AreEqual("a value of another length", section[key]);
                }
                catch (ContractException e)
                {
                    Assert.IsTrue(e.Code is FaultCode.UnreadableFile or FaultCode.TooLarge, e.Message);
                }
            }
        }
        return read;
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var bytes = new List<byte>(whole);
        for (int i = random.Next(1, 8); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 60), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
                case 3: bytes[at] = (byte)"[]=<>\"'&#\r\n -.eE"[random.Next(16)]; break;
                default:
                    if (random.Next(4) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
