using Bridge.Testing;

namespace Bridge.Client.Tests;

[TestClass]
public sealed class RolledLogTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [TestMethod]
    public void Write_Flood_StaysWithinTwoBoundedFiles()
    {
        using var folder = new TempFolder();
        var log = new RolledLog(folder.Path, "test");
        string line = new('x', 100_000);

        for (int i = 0; i < 800; i++)
            log.Write(line);
        log.Flush(Limit);

        string[] files = Directory.GetFiles(folder.Path);
        Assert.HasCount(2, files);
        Assert.IsTrue(files.All(file => new FileInfo(file).Length < RolledLog.MaxBytes + 4096));
    }

    [TestMethod]
    public void Write_LineBreaks_StayOneLine()
    {
        using var folder = new TempFolder();
        var log = new RolledLog(folder.Path, "test");

        log.Write("one\r\ntwo\nthree");
        log.Flush(Limit);

        Assert.HasCount(1, File.ReadAllLines(log.Path));
    }

    [TestMethod]
    public void Write_FolderThatIsAFile_DoesNotDisturb()
    {
        using var folder = new TempFolder();
        string file = folder.Write("file", []);
        var log = new RolledLog(file, "test");

        log.Write("one");
        log.Flush(Limit);
        log.Write("two");
        log.Flush(Limit);

        Assert.AreEqual(0, new FileInfo(file).Length);
    }

    [TestMethod]
    public void Write_DiskThatWasFullForAWhile_GoesOnAndSaysWhatIsMissing()
    {
        using var folder = new TempFolder();
        string place = folder.Write("log", []);  // a file where the folder should be: nothing can be written
        var clock = new HandTurnedClock();
        var log = new RolledLog(place, "test", clock);
        log.Write("lost");
        log.Flush(Limit);
        log.Write("lost too");
        File.Delete(place);
        log.Write("still lost: not tried again yet");
        log.Flush(Limit);
        Assert.IsFalse(File.Exists(log.Path));

        clock.Advance(TimeSpan.FromSeconds(11));
        log.Write("kept");
        log.Flush(Limit);

        string[] lines = File.ReadAllLines(log.Path);
        Assert.HasCount(2, lines);
        StringAssert.Contains(lines[0], "3 lines before this one are missing: ");
        StringAssert.EndsWith(lines[1], " kept");
    }
}
