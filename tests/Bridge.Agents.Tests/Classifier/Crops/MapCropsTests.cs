using System.Globalization;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;
using Bridge.Contracts;
using Bridge.Domain.Images;
using Bridge.Domain.Navigator;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Classifier.Crops;

/// <summary>Maps with one bright spot at a known place of the stage: its crop must have it in the middle.</summary>
[TestClass]
public sealed class MapCropsTests
{
    private const int Width = 200, Height = 160;

    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    /// <summary>The middle of the spot in the image as it is shown, from the top left, for a stage position of (+2, +1) µm from the map's.</summary>
    private static readonly (string Matrix, double X, double Y)[] Matrices =
    [
        ("10 0 0 -10", Width / 2 + 20, Height / 2 - 10), // stage Y up in the shown image
        ("0 10 10 0", Width / 2 + 10, Height / 2 + 20),
        ("-8 6 6 8", Width / 2 - 10, Height / 2 + 20),
    ];

    [TestMethod]
    [DataRow("mrc")]
    [DataRow("png")]
    public void Cut_AnyMatrix_TheHoleIsInTheMiddle(string kind)
    {
        foreach ((string matrix, double x, double y) in Matrices)
        {
            WriteImage("map." + kind, Spot(Width, Height, x, y));
            string navigator = Navigator($"C:\\elsewhere\\map.{kind}", matrix);

            IReadOnlyList<int> items = MapCrops.ItemsOn(navigator, item => item <= 2);
            CropStack crops = MapCrops.Cut(navigator, items, 16, 3.2);

            CollectionAssert.AreEqual(new[] { 1, 2 }, items.ToArray(), matrix);
            AssertInTheMiddle(crops[1], 16, $"{kind} {matrix}");
        }
    }

    [TestMethod]
    public void Cut_ItemOnNoMap_IsAllZero()
    {
        WriteImage("map.mrc", Spot(Width, Height, 100, 80));
        string navigator = Navigator("map.mrc", "10 0 0 -10", farAway: true);

        CropStack crops = MapCrops.Cut(navigator, [1, 2, 99], 16, 3.2);

        Assert.IsFalse(crops.HasContrast(1));
        Assert.IsFalse(crops.HasContrast(2));
    }

    [TestMethod]
    public void Cut_Montage_PiecesAreWhereTheMdocSays()
    {
        // Two pieces of 100 x 160 that overlap by 20: the whole is 180 x 160; the second was aligned 2 px to the right of where it was taken.
        Picture whole = Spot(182, 160, 150, 60);
        var pieces = new List<Picture>();
        foreach (int left in new[] { 0, 82 })
            pieces.Add(Part(whole, left, 100));
        MrcWriter.Write(_folder.File("map.mrc"), [.. pieces.Select(BottomUp)], "montage");
        File.WriteAllText(_folder.File("map.mrc.mdoc"), "Montage = 1\n\n[ZValue = 0]\nPieceCoordinates = 0 0 0\nAlignedPieceCoords = 0 0 0\n\n[ZValue = 1]\nPieceCoordinates = 80 0 0\nAlignedPieceCoords = 82 0 0\n\n[MontSection = 0]\nA = 1\n");
        // The stage position of the spot: (150 - 91) / 10 to the right, (80 - 60) / 10 up.
        string navigator = Navigator("map.mrc", "10 0 0 -10", dx: 5.9, dy: 2.0, size: "182 160", montage: true);

        CropStack crops = MapCrops.Cut(navigator, [2], 16, 3.2);

        AssertInTheMiddle(crops[0], 16, "montage");
    }

    [TestMethod]
    public void Cut_FileMissingOrOtherImage_IsRefusedByName()
    {
        string navigator = Navigator("lost.mrc", "10 0 0 -10");
        StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => MapCrops.Cut(navigator, [1], 16, 3.2)).Message, "lost.mrc");

        WriteImage("lost.mrc", Spot(300, 100, 50, 50));
        StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => MapCrops.Cut(navigator, [1], 16, 3.2)).Message, "MapWidthHeight");

        File.WriteAllBytes(_folder.File("lost.mrc"), File.ReadAllBytes(_folder.File("lost.mrc"))[..2000]);
        StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => MapCrops.Cut(navigator, [1], 16, 3.2)).Message, "cut short");
    }

    [TestMethod]
    public void ItemsOn_NoMaps_IsRefused()
    {
        string navigator = _folder.File("points.nav");
        File.WriteAllText(navigator, "AdocVersion = 2.00\n\n[Item = 1]\nStageXYZ = 0 0 0\nType = 0\nAcquire = 1\n");

        StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => MapCrops.ItemsOn(navigator, _ => true)).Message, "MapScaleMat");
    }

    /// <summary>
    /// A file that SerialEM wrote has two points of one montage piece, both on the stage and as <c>XYinPc</c>: "right-handed pixels of stored montage" (about_formats.htm of SerialEM's help), so Y runs up. The matrix
    /// takes the stage to the map's pixels, four times as coarse, whose Y runs down.
    /// </summary>
    [TestMethod]
    public void PixelOf_RealMontage_YRunsDownWhereThePiecesRunsUp()
    {
        NavigatorFile file = NavigatorFile.Read(SharedData.PathOf("navigator", "sort.nav"));
        NavigatorItem map = file.Items.Single(item => item.Label == "12-A"), one = file.Items.Single(item => item.Label == "176"), other = file.Items.Single(item => item.Label == "000");
        MapView view = MapView.Of(map)!;
        double[] inPiece = new double[2], inPieceOfOther = new double[2];
        Assert.AreEqual(2, one.Section.Numbers("XYinPc", inPiece));
        Assert.AreEqual(2, other.Section.Numbers("XYinPc", inPieceOfOther));
        Assert.AreEqual(one.Section.Integer("PieceOn"), other.Section.Integer("PieceOn"));
        double coarser = (double)map.Section.Integer("MapBinning")!.Value / map.Section.Integer("MontBinning")!.Value;

        (double x, double y) = view.PixelOf(one.Stage!.Value);
        (double xOfOther, double yOfOther) = view.PixelOf(other.Stage!.Value);

        Assert.AreEqual(inPiece[0] - inPieceOfOther[0], coarser * (x - xOfOther), 2);
        Assert.AreEqual(inPiece[1] - inPieceOfOther[1], -coarser * (y - yOfOther), 2);
    }

    [TestMethod]
    public void Flatten_SlopeAndBeamEdge_AreTakenOut()
    {
        var picture = new Picture(80, 60, new float[80 * 60]);
        var random = new Random(1);
        for (int i = 0; i < picture.Values.Length; i++)
            picture.Values[i] = i % 80 < 8 ? 10 : 1000 + 3 * (i % 80) - 2 * (i / 80) + 5 * random.NextSingle() + (i % 97 == 0 ? 900 : 0);

        Illumination.Flatten(picture);

        Assert.IsTrue(float.IsNaN(picture.Values[0]), "beyond the beam");
        float[] usable = [.. picture.Values.Where(value => float.IsFinite(value) && value < 1300)];
        Assert.IsTrue(usable.Max() - usable.Min() < 20, $"{usable.Max() - usable.Min()}");
    }

    [TestMethod]
    public void Flatten_NoContrastOrTooSmall_IsLeft()
    {
        var flat = new Picture(20, 20, [.. Enumerable.Repeat(7f, 400)]);
        var tiny = new Picture(2, 1, [1, 2]);

        Illumination.Flatten(flat);
        Illumination.Flatten(tiny);

        Assert.IsTrue(flat.Values.All(value => value == 7));
        CollectionAssert.AreEqual(new float[] { 1, 2 }, tiny.Values);
    }

    private static void AssertInTheMiddle(ReadOnlySpan<float> crop, int size, string message)
    {
        double sum = 0, x = 0, y = 0;
        for (int i = 0; i < size * size; i++)
        {
            double above = Math.Max(0, crop[i] - 150);
            (sum, x, y) = (sum + above, x + above * (i % size + 0.5), y + above * (i / size + 0.5));
        }
        Assert.IsTrue(sum > 0, message);
        Assert.AreEqual(size / 2.0, x / sum, 0.3, message);
        Assert.AreEqual(size / 2.0, y / sum, 0.3, message);
    }

    /// <summary>A spot of 8 px, as shown: the first row is the top.</summary>
    private static Picture Spot(int width, int height, double x, double y)
    {
        float[] values = new float[width * height];
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Pow(i % width + 0.5 - x, 2) + Math.Pow(i / width + 0.5 - y, 2) < 64 ? 200 : 100 + (i * 7 % 5);
        return new Picture(width, height, values);
    }

    private static Picture Part(Picture whole, int left, int width)
        => new(width, whole.Height, [.. Enumerable.Range(0, width * whole.Height).Select(i => whole.Values[i / width * whole.Width + left + i % width])]);

    private static Picture BottomUp(Picture shown)
        => new(shown.Width, shown.Height, [.. Enumerable.Range(0, shown.Values.Length).Select(i => shown.Values[(shown.Height - 1 - i / shown.Width) * shown.Width + i % shown.Width])]);

    private void WriteImage(string name, Picture shown)
    {
        if (name.EndsWith("png", StringComparison.Ordinal))
            PngWriter.Write(_folder.File(name), shown, 0, 255);
        else
            MrcWriter.Write(_folder.File(name), [BottomUp(shown)], "map");
    }

    private string Navigator(string file, string matrix, bool farAway = false, double dx = 2, double dy = 1, string size = "200 160", bool montage = false)
    {
        string path = _folder.File("nav.nav");
        (double x, double y) = farAway ? (900.0, 900.0) : (100 + dx, -50 + dy);
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"""
            AdocVersion = 2.00

            [Item = 1]
            StageXYZ = 100 -50 0
            Type = 0
            Acquire = 1

            [Item = 2]
            StageXYZ = {x} {y} 0
            Type = 0
            Acquire = 1

            [Item = 3]
            StageXYZ = 100 -50 0
            Type = 2
            MapFile = {file}
            MapID = 7
            MapMontage = {(montage ? 1 : 0)}
            MapSection = 0
            MapScaleMat = {matrix}
            MapWidthHeight = {size}

            """));
        return path;
    }
}
