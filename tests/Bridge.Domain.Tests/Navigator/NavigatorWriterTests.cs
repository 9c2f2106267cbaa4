using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Testing;
using static Bridge.Domain.Tests.Refusal;

namespace Bridge.Domain.Tests.Navigator;

[TestClass]
public sealed class NavigatorWriterTests
{
    [TestMethod]
    public void Write_RecordedGrid_ReadsBackTheSame()
    {
        using var folder = new TempFolder();
        Grid before = HoleTable.Read(SharedData.PathOf("y1", "dev.csv")).Grid;

        NavigatorWriter.Write(folder.File("y1.nav"), before);

        AssertSame(before, NavigatorGrid.Read(folder.File("y1.nav")));
    }

    [TestMethod]
    public void ToBytes_AnyGrid_ReadsBackTheSame()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Grid before = Random(new Random(seed));

            AssertSame(before, NavigatorGrid.From(NavigatorFile.Parse($"seed {seed}", NavigatorWriter.ToBytes(before))));
        }
    }

    [TestMethod]
    public void ToBytes_EveryItem_HasWhatSerialEmRequires()
    {
        NavigatorFile file = NavigatorFile.Parse("a.nav", NavigatorWriter.ToBytes(Random(new Random(1))));

        string[] always = ["Color", "StageXYZ", "NumPts", "Regis", "Type", "PtsX", "PtsY"];
        string[] maps = ["MapFile", "MapID", "MapMontage", "MapSection", "MapBinning", "MapMagInd", "MapCamera", "MapScaleMat", "MapWidthHeight"];
        Assert.IsTrue(file.Items.All(item => always.All(item.Section.Has)));
        Assert.IsTrue(file.Items.Where(item => item.Type == NavigatorItemType.Map).All(item => maps.All(item.Section.Has)));
        Assert.IsEmpty(file.Warnings);
    }

    [TestMethod]
    public void ToBytes_NamesWithLineBreaks_CannotBreakTheFile()
    {
        Grid grid = GridBuilder.FromTargets([new Target { Item = 1, Id = "a\n[Item = evil]\nType = 0", GridImage = "", Square = "", Patch = "]", Stage = default }]);

        NavigatorFile file = NavigatorFile.Parse("a.nav", NavigatorWriter.ToBytes(grid));

        Assert.HasCount(4, file.Items);
        Assert.AreEqual("a [Item = evil] Type = 0", file.Items[0].Label);
    }

    [TestMethod]
    public void ToBytes_ItemNumberBeyondAnyTable_IsRefused()
    {
        Grid grid = GridBuilder.FromTargets([new Target { Item = NavigatorFile.MaxItems + 1, Id = "a", Stage = default }]);

        Of(FaultCode.TooLarge, () => NavigatorWriter.ToBytes(grid), "200000");
    }

    private static void AssertSame(Grid before, NavigatorGrid after)
    {
        Assert.IsEmpty(after.Warnings);
        CollectionAssert.AreEqual(before.ToTargets().OrderBy(target => target.Item).ToArray(), after.Grid.ToTargets().ToArray());
    }

    /// <summary>A hierarchy anywhere on the stage, near or far, with gaps in its item numbers.</summary>
    private static Grid Random(Random random)
    {
        int item = 0;
        var targets = new List<Target>();
        for (int g = random.Next(1, 4); g > 0; g--)
        {
            for (int s = random.Next(1, 4); s > 0; s--)
            {
                for (int p = random.Next(1, 5); p > 0; p--)
                {
                    for (int h = random.Next(1, 6); h > 0; h--)
                    {
                        targets.Add(new Target
                        {
                            Item = item += random.Next(4) == 0 ? random.Next(1, 30) : 1,
                            Id = $"hole {item}",
                            GridImage = $"g{g}",
                            Square = $"g{g}/s{s}",
                            Patch = $"g{g}/s{s}/p{p}",
                            Stage = new StageUm(random.NextDouble() * 300 - 150, random.NextDouble() * 300 - 150, random.NextDouble()),
                            PredictedCtfA = random.Next(2) == 0 ? null : random.NextDouble() * 20,
                            Probability = random.Next(2) == 0 ? null : random.NextDouble(),
                        });
                    }
                }
            }
        }
        return GridBuilder.FromTargets(targets);
    }
}
