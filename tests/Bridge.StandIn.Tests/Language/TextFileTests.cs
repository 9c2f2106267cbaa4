using Bridge.StandIn.Language;
using Bridge.StandIn.Tests.Support;
using Bridge.Testing;

namespace Bridge.StandIn.Tests.Language;

[TestClass]
public sealed class TextFileTests
{
    [TestMethod]
    public void TextFile_WrittenAndRead_KeepsItsLines()
    {
        using var folder = new TempFolder();
        using var scripted = new Scripted();
        scripted.World.TextFiles.Folder = folder.Path;

        RunResult result = scripted.Run("""
            OpenTextFile out W 0 my notes.txt
            WriteLineToFile out first line # kept
            WriteLineToFile OUT 1 2 3
            CloseTextFile out
            OpenTextFile in R 0 my notes.txt
            ReadLineToString in s
            Echo $s
            ReadLineToArray in a
            Echo $#a $a[3]
            ReadLineToArray in a
            Echo end $RepVal1
            IsTextFileOpen in
            Echo $RepVal1
            CloseTextFile in
            OpenTextFile no T 0 missing.txt
            Echo $RepVal1
            """);

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        CollectionAssert.AreEqual(new[] { "first line # kept", "3 3", "end 0", "1", "0" }, scripted.Log);
    }

    [TestMethod]
    [DataRow("OpenTextFile f R 0 missing.txt", "missing.txt")]
    [DataRow("OpenTextFile f X 0 a.txt", "R, T, W, A or O")]
    [DataRow("OpenTextFile f W 0 there.txt", "exists already")]
    [DataRow("WriteLineToFile f text", "no open file with identifier f")]
    [DataRow("OpenTextFile f R 0 there.txt\nWriteLineToFile f text", "cannot be written to")]
    [DataRow("OpenTextFile f R 0 there.txt\nOpenTextFile f R 0 there.txt", "already an open file")]
    [DataRow("SetDirectory nowhere", "there is no folder")]
    public void TextFile_WrongUse_NamesTheReason(string script, string reason)
    {
        using var folder = new TempFolder();
        folder.Write("there.txt", "x\n"u8);
        using var scripted = new Scripted();
        scripted.World.TextFiles.Folder = folder.Path;

        RunResult result = scripted.Run(script);

        Assert.AreEqual(RunEnd.Aborted, result.End);
        StringAssert.Contains(result.Message, reason);
    }

    [TestMethod]
    public void TextFile_LeftOpen_IsClosedWithTheRun()
    {
        using var folder = new TempFolder();
        using var scripted = new Scripted();
        scripted.World.TextFiles.Folder = folder.Path;

        scripted.Run("OpenTextFile f W 0 a.txt\nWriteLineToFile f text\nMoveStageTo 1e9 0");

        Assert.AreEqual("text", File.ReadAllText(folder.File("a.txt")).Trim());
        Assert.IsFalse(scripted.World.TextFiles.IsOpen("f"));
    }
}
