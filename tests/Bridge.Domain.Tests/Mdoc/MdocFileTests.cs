using Bridge.Contracts;
using Bridge.Domain.Mdoc;
using Bridge.Testing;
using static Bridge.Domain.Tests.Refusal;

namespace Bridge.Domain.Tests.Mdoc;

[TestClass]
public sealed class MdocFileTests
{
    [TestMethod]
    [DataRow("frame_set_single.mdoc", 0, 1, 0, 1)]
    [DataRow("gm.mrc.mdoc", 25, 0, 1, 2)]
    [DataRow("montage_section.mdoc", 62, 0, 1, 2)]
    [DataRow("murfey_test_1.mdoc", 11, 0, 0, 2)]
    [DataRow("tilt_series.mdoc", 41, 0, 0, 2)]
    public void Read_RealFile_HasItsSectionsAndIsWrittenBackByteForByte(string name, int images, int frameSets, int montages, int titles)
    {
        using var folder = new TempFolder();
        string path = SharedData.PathOf("mdoc", name);

        MdocFile file = MdocFile.Read(path);
        file.Write(folder.File("copy.mdoc"));

        Assert.AreEqual((images, frameSets, montages, titles), (file.Images.Count, file.FrameSets.Count, file.Montages.Count, file.Titles.Count));
        Assert.IsTrue(file.Images.Concat(file.FrameSets).All(image => image.Stage is not null && image.PixelSpacingA > 0 && image.DateTime is not null));
        CollectionAssert.AreEqual(Enumerable.Range(0, images).ToArray(), file.Images.Select(image => image.Number!.Value).ToArray());
        CollectionAssert.AreEqual(File.ReadAllBytes(path), File.ReadAllBytes(folder.File("copy.mdoc")));
    }

    [TestMethod]
    public void Images_TiltSeries_AreTyped()
    {
        MdocFile file = MdocFile.Read(SharedData.PathOf("mdoc", "murfey_test_1.mdoc"));
        MdocSection first = file.Images[0];

        Assert.AreEqual("chrom_07_ts_010.mrc", file.ImageFile);
        Assert.AreEqual(300, file.VoltageKv);
        Assert.IsFalse(file.IsMontage);
        Assert.AreEqual(1.94, file.Global.PixelSpacingA);
        StringAssert.Contains(file.Titles[0], "eBIC Krios 3");
        Assert.AreEqual(new StageUm(96.1834, -231.96, 2.81224), first.Stage);
        Assert.AreEqual((-0.00949884, 64000, 10, -0.734985), (first.TiltAngleDeg, first.Magnification, first.NumSubFrames, first.DefocusUm));
        Assert.AreEqual((10, 2585, 1127.67), first.MinMaxMean);
        Assert.AreEqual((8.46078, 8.62732), first.ImageShiftUm);
        Assert.AreEqual(new DateTime(2022, 8, 1, 18, 58, 35), first.DateTime);
        Assert.AreEqual("167", first.NavigatorLabel);
        StringAssert.EndsWith(first.SubFramePath, "_-0.0.mrc");
    }

    [TestMethod]
    public void Images_MontagePieces_HaveTheirCoordinates()
    {
        MdocFile file = MdocFile.Read(SharedData.PathOf("mdoc", "gm.mrc.mdoc"));

        Assert.IsTrue(file.IsMontage);
        Assert.AreEqual((0, 1844, 0), file.Images[1].PieceCoordinates);
    }

    [TestMethod]
    public void Read_NamedImages_AreThere()
    {
        MdocFile file = MdocFile.Parse("a.mdoc", Utf8("PixelSpacing = 2\n[Image = a_0001.tif]\nTiltAngle = 3\n"));

        Assert.AreEqual(3, file.NamedImages.Single().TiltAngleDeg);
        Assert.IsNull(file.NamedImages[0].Number);
        Assert.IsNull(file.NamedImages[0].Stage);
    }

    [TestMethod]
    [DataRow("", "line 1", "empty")]
    [DataRow("PixelSpacing = 5.4\nImageFile = a.mrc\n", "line 2", "cut short")]
    [DataRow("PixelSpacing = 5.4\n\n[ZValue = 0]\nTiltAngle = 1\n[ZVal", "line 5", "cut short")]
    public void Parse_NoWholeFile_IsRefusedByFileAndLine(string text, params string[] words)
        => Of(FaultCode.UnreadableFile, () => MdocFile.Parse("a.mdoc", Utf8(text)), ["a.mdoc", .. words]);
}
