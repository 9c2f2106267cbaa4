using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.Testing;
using static Bridge.Domain.Tests.Refusal;

namespace Bridge.Domain.Tests.Navigator;

[TestClass]
public sealed class NavigatorFileTests
{
    private const string Head = "AdocVersion = 2.00\n\n";
    private const string Point = "[Item = 1]\nColor = 0\nStageXYZ = 1 2 3\nNumPts = 1\nRegis = 1\nType = 0\nPtsX = 1\nPtsY = 2\n";

    [TestMethod]
    [DataRow("clem.nav", 13)]
    [DataRow("nav1.nav", 21)]
    [DataRow("one_map.nav", 1)]
    [DataRow("pyserialem.nav", 1)]
    [DataRow("sort.nav", 7)]
    [DataRow("sort_xml.nav", 6)]
    [DataRow("tool_written_points.nav", 50)]
    public void Read_RealFile_HasItsItemsAndIsWrittenBackByteForByte(string name, int items)
    {
        using var folder = new TempFolder();
        string path = SharedData.PathOf("navigator", name);

        NavigatorFile file = NavigatorFile.Read(path);
        file.Write(folder.File("copy.nav"));

        Assert.HasCount(items, file.Items);
        Assert.IsEmpty(file.Warnings);
        Assert.IsTrue(file.Items.All(item => item.Stage is not null && item.Type is not null && item.PtsX.Length == item.PtsY.Length));
        CollectionAssert.AreEqual(File.ReadAllBytes(path), File.ReadAllBytes(folder.File("copy.nav")));
        Assert.HasCount(1, Directory.GetFiles(folder.Path), "nothing but the copy is left");
    }

    [TestMethod]
    public void Read_TruncatedRealFile_IsRefusedByFileAndLine()
        => Of(FaultCode.UnreadableFile, () => NavigatorFile.Read(SharedData.PathOf("navigator", "truncated.nav")), "truncated.nav line 1:", "save it again");

    [TestMethod]
    [DataRow("sort.nav")]
    [DataRow("sort_xml.nav")]
    public void Items_BothForms_AreTyped(string name)
    {
        NavigatorFile file = NavigatorFile.Read(SharedData.PathOf("navigator", name));

        NavigatorItem map = file.Items[0];
        Assert.AreEqual((1, "12-A", NavigatorItemType.Map), (map.Index, map.Label, map.Type));
        Assert.AreEqual(new StageUm(75.8717, 11.681, -39.8515), map.Stage);
        Assert.AreEqual((1338070642, "MMM_01.mrc", 17), (map.MapId, map.MapFile, map.MapMagIndex));
        CollectionAssert.AreEqual(new[] { 20.2959, 2.12593, 2.3697, -19.6898 }, map.MapScaleMat);
        Assert.AreEqual((880, 910), map.MapWidthHeight);
        Assert.AreEqual("Sec 0 - MMM_01.mrc -", map.Note);
        CollectionAssert.AreEqual(new[] { 52.0719, 94.8906, 99.6714, 56.8527, 52.0719 }, map.PtsX);
        NavigatorItem point = file.Items[3];
        Assert.AreEqual((NavigatorItemType.Point, true, 1074138545, 1338070642), (point.Type, point.Acquire, point.GroupId, point.DrawnId));
        Assert.AreEqual(1, point.Registration);
        Assert.IsNull(point.HoleArray);
        Assert.IsNull(point.UserValue(1));
    }

    [TestMethod]
    public void Items_HoleArrayAndUserValues_AreTyped()
    {
        NavigatorItem item = NavigatorFile.Parse("a.nav", Utf8(Head + Point
            + "HoleArray = 3 5\nSkipHoles = 1 1 3 1\nHoleISXspacing = 1.5 -2 0\nHoleISYspacing = 2 1.5 0\nUserValue1 = 4.5\nUserValue8 = last\n")).Items[0];

        Assert.AreEqual((3, 5), item.HoleArray);
        CollectionAssert.AreEqual(new double[] { 1, 1, 3, 1 }, item.SkipHoles);
        CollectionAssert.AreEqual(new[] { 1.5, -2, 0 }, item.HoleIsXSpacing);
        CollectionAssert.AreEqual(new[] { 2, 1.5, 0 }, item.HoleIsYSpacing);
        Assert.AreEqual("4.5", item.UserValue(1));
        Assert.AreEqual("last", item.UserValue(8));
    }

    [TestMethod]
    [DataRow("1 2")]
    [DataRow("1 2 NaN")]
    [DataRow("1e300 2 3")]
    [DataRow("Infinity 2 3")]
    [DataRow("1 2 x")]
    [DataRow("")]
    public void Stage_NotThreeBelievableNumbers_IsNull(string value)
        => Assert.IsNull(NavigatorFile.Parse("a.nav", Utf8(Head + Point.Replace("1 2 3", value))).Items[0].Stage);

    [TestMethod]
    public void ToBytes_EveryOddity_Survives()
    {
        byte[] bytes =
        [
            .. Encoding.UTF8.Preamble, .. Utf8("AdocVersion = 2.00\r\n# a comment\n\n   \nNewGlobal=x\r\n[Odd line]\n[Item = Gr\u00fc\u00df]\r\n  Type = 0  \t\r\nStageXYZ\t=\t1 2 3\n"),
            .. Encoding.Latin1.GetBytes("Note = 5 \u00b5m \u00e9\nKeyOfTheFuture = = a = b ]\nfree text\rlone = CR\r\n= no key\n==\nNote = again\nPtsX = 1\nPtsY = 2\n\n[MontParam = 0]\nX = 1"),
        ];

        NavigatorFile file = NavigatorFile.Parse("a.nav", bytes);

        CollectionAssert.AreEqual(bytes, file.ToBytes());
        Assert.AreEqual("5 \u00b5m \u00e9", file.Items[0].Note);
        Assert.AreEqual("= a = b ]", file.Items[0].Section["KeyOfTheFuture"]);
        Assert.AreEqual("x", file.Document.Global["NewGlobal"]);
        Assert.HasCount(1, file.Items);
        Assert.HasCount(2, file.Document.Sections);
        file.Items[0].Section.Set("Type", "1");
        file.Items[0].Section.Set("Type", "0");
        CollectionAssert.AreEqual(bytes, file.ToBytes(), "pieced together again");
    }

    [TestMethod]
    public void Set_KeyThatIsThere_ChangesItsValueOnly()
    {
        byte[] before = File.ReadAllBytes(SharedData.PathOf("navigator", "sort.nav"));
        NavigatorFile file = NavigatorFile.Parse("sort.nav", before);

        file.Items[0].Section.Set("Note", "new");

        string expected = Encoding.Latin1.GetString(before).Replace("Note = Sec 0 - MMM_01.mrc -", "Note = new");
        Assert.AreEqual(expected, Encoding.Latin1.GetString(file.ToBytes()));
    }

    [TestMethod]
    public void Set_NewKey_ComesBehindTheLastEntryInTheStyleOfTheFile()
    {
        string before = Encoding.Latin1.GetString(File.ReadAllBytes(SharedData.PathOf("navigator", "sort.nav")));
        NavigatorFile file = NavigatorFile.Parse("sort.nav", Encoding.Latin1.GetBytes(before));

        file.Items[3].Section.Set("UserValue1", "4.5");

        const string Last = "PtsX = 63.1081\r\nPtsY = 26.1926\r\n";
        Assert.AreEqual(before.Replace(Last, Last + "UserValue1 = 4.5\r\n"), Encoding.Latin1.GetString(file.ToBytes()));
        Assert.AreEqual("4.5", file.Items[3].UserValue(1));
    }

    [TestMethod]
    public void Set_NewKeyBehindALineWithoutBreak_GetsALineOfItsOwn()
    {
        NavigatorFile file = NavigatorFile.Parse("a.nav", Utf8(Head + Point.TrimEnd()));

        file.Items[0].Section.Set("Note", "x");

        Assert.AreEqual(Head + Point + "Note = x\n", Encoding.UTF8.GetString(file.ToBytes()));
        Assert.AreEqual("x", file.Items[0].Note);
    }

    [TestMethod]
    public void Set_EmptyValue_KeepsTheBlank()
    {
        NavigatorFile file = NavigatorFile.Parse("a.nav", Utf8(Head + Point + "Note = \nFree =\n"));

        file.Items[0].Section.Set("Note", "x");
        file.Items[0].Section.Set("Free", "y");

        Assert.AreEqual(Head + Point + "Note = x\nFree =y\n", Encoding.UTF8.GetString(file.ToBytes()));
    }

    [TestMethod]
    public void Set_InXml_EscapesAndKeepsTheRest()
    {
        string before = Encoding.UTF8.GetString(File.ReadAllBytes(SharedData.PathOf("navigator", "sort_xml.nav")));
        NavigatorFile file = NavigatorFile.Parse("sort_xml.nav", Utf8(before));

        file.Items[0].Section.Set("Note", "a < b & c");
        file.Items[5].Section.Set("UserValue1", "4.5");

        string expected = before.Replace("Sec 0 - MMM_01.mrc -", "a &lt; b &amp; c").Replace("29.3364</PtsY>\r\n", "29.3364</PtsY>\r\n    <UserValue1>4.5</UserValue1>\r\n");
        Assert.AreEqual(expected, Encoding.UTF8.GetString(file.ToBytes()));
        Assert.AreEqual("a < b & c", file.Items[0].Note);
        Assert.AreEqual("4.5", NavigatorFile.Parse("x", file.ToBytes()).Items[5].UserValue(1));
    }

    [TestMethod]
    public void Parse_XmlOnOneLineWithComments_IsReadAndSurvives()
    {
        const string Xml = "<?xml version=\"1.0\"?><!-- <Item> --><navigator><PreData><AdocVersion>2.00</AdocVersion></PreData>"
            + "<Item other='>' name = 'a &amp; \"b\"'><Type>0</Type><Note/><StageXYZ> 1 2 3 </StageXYZ><!--x--><PtsX>1</PtsX><PtsY>2</PtsY></Item></navigator>";

        NavigatorFile file = NavigatorFile.Parse("a.nav", Utf8(Xml));

        Assert.AreEqual("a & \"b\"", file.Items[0].Label);
        Assert.AreEqual(new StageUm(1, 2, 3), file.Items[0].Stage);
        file.Items[0].Section.Set("Type", "0");
        Assert.AreEqual(Xml, Encoding.UTF8.GetString(file.ToBytes()));
    }

    [TestMethod]
    [DataRow("a\nb")]
    [DataRow("a\0")]
    public void Set_MoreThanOneLine_IsRefused(string value)
        => Of(FaultCode.BadField, () => NavigatorFile.Parse("a.nav", Utf8(Head + Point)).Items[0].Section.Set("Note", value));

    [TestMethod]
    public void Set_CharacterThatALatin1FileLacks_IsRefused()
    {
        NavigatorFile file = NavigatorFile.Parse("a.nav", [.. Utf8(Head + Point), .. "Note = "u8, 0xb5, (byte)'\n']);

        file.Items[0].Section.Set("Note", "\u00b5m");
        Of(FaultCode.BadField, () => file.Items[0].Section.Set("Note", "\u6f22"), "Latin-1");

        Assert.AreEqual(0xb5, file.ToBytes()[^3]);
    }

    [TestMethod]
    [DataRow("", "line 1", "empty")]
    [DataRow("  \r\n\n", "line 1", "empty")]
    [DataRow("hello\n", "line 1", "AdocVersion")]
    [DataRow("Version\t1.52\nLabel\tColor\n", "line 1", "tab-separated", "SerialEM")]
    [DataRow("AdocVersion = 2.00\na\0b\n", "line 2", "zero byte")]
    [DataRow(Head + Point + "\n[Item = 2", "line 12", "[Item = 2", "cut short")]
    [DataRow(Head + Point + "\n[Item = 2\nType = 0\n", "line 12", "cut short")]
    [DataRow(Head + Point + "[no = header\n" + Point, "line 11", "cut short")]
    [DataRow(Head + Point + "\n[Item = 2]\nColor = 0\nStageXYZ = 1 2 3\nNumPts = 1\nType = 0\nPtsX = 1\n", "line 12", "'2'", "'PtsY'", "cut short after line 17")]
    [DataRow(Head + "[Item = 2]\nColor = 0\nStageX", "line 3", "'Type'")]
    [DataRow("<?xml version=\"1.0\"?>\n<navigator>\n<Item name=\"1\">\n<Type>0", "line 4", "not whole")]
    [DataRow("<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>", "line 1", "DTD")]
    [DataRow("<a>&unknown;</a>", "line 1")]
    [DataRow("<html><body>404</body></html>", "line 1", "AdocVersion")]
    public void Parse_NoWholeNavigatorFile_IsRefusedByFileAndLine(string text, params string[] words)
        => Of(FaultCode.UnreadableFile, () => NavigatorFile.Parse("x/a.nav", Utf8(text)), ["x/a.nav", .. words]);

    [TestMethod]
    public void Parse_Utf16_SaysHowToSaveIt()
        => Of(FaultCode.UnreadableFile, () => NavigatorFile.Parse("a.nav", [0xff, 0xfe, .. Encoding.Unicode.GetBytes(Head)]), "UTF-16", "ANSI");

    [TestMethod]
    public void Parse_NewerVersion_IsReadWithAWarning()
    {
        NavigatorFile file = NavigatorFile.Parse("a.nav", Utf8("AdocVersion = 3.10\n" + Point));

        Assert.HasCount(1, file.Items);
        StringAssert.Contains(file.Warnings.Single(), "3.10");
    }

    [TestMethod]
    public void Parse_ItemThatLacksAKeyInTheMiddle_IsReadWithAWarning()
    {
        NavigatorFile file = NavigatorFile.Parse("a.nav", Utf8(Head + Point.Replace("PtsY = 2\n", "") + Point));

        Assert.HasCount(2, file.Items);
        StringAssert.Contains(file.Warnings.Single(), "line 3");
    }

    [TestMethod]
    public void Parse_VersionAndNoItem_IsAnEmptyTable()
        => Assert.IsEmpty(NavigatorFile.Parse("a.nav", Utf8(Head)).Items);

    [TestMethod]
    public void Parse_TooManyItems_IsRefused()
    {
        string text = Head + string.Concat(Enumerable.Repeat("[Item = 1]\n", NavigatorFile.MaxItems + 1));

        Of(FaultCode.TooLarge, () => NavigatorFile.Parse("a.nav", Utf8(text)), "a.nav line 200003");
    }

    [TestMethod]
    public void Parse_TooManyLines_IsRefusedBeforeTheyAreKept()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] bytes = [.. Utf8(Head), .. Enumerable.Repeat((byte)'\n', 6_000_001)];
        long given = GC.GetAllocatedBytesForCurrentThread();

        Of(FaultCode.TooLarge, () => NavigatorFile.Parse("a.nav", bytes), "lines");

        Assert.IsLessThan(given - before, GC.GetAllocatedBytesForCurrentThread() - given, "less than the file itself took");
    }
}
