using System.Diagnostics;
using System.Text;
using Bridge.Contracts;
using Bridge.SerialEM.Tests.Support;
using Bridge.Testing;

namespace Bridge.SerialEM.Tests;

/// <summary>Wrong use of the plugin with the real host behind it: each gets its code, and from Explain a sentence that says what to do next.</summary>
[TestClass]
public sealed class WrongUseTests
{
    private const int Holes = 60;

    private static readonly TempFolder Folder = new();
    private static HostUnderTest s_host = null!;

    [ClassInitialize]
    public static void Begin(TestContext _)
    {
        s_host = new HostUnderTest(Folder.File("host"));
        Assert.AreEqual(1, Until(() => Text("Connect", s_host.Endpoint + " none")), Explain("fault"));
        Assert.AreEqual(1, Call("SetDeadline", 2000));
    }

    [ClassCleanup]
    public static void End()
    {
        s_host.Dispose();
        Folder.Dispose();
    }

    [TestCleanup]
    public void Close() => Until(() => Call("CloseSession"));

    [TestMethod]
    public void AnyReport_UnknownItem_SaysHowManyThereAreAndWhatToDo()
    {
        Open();

        IsRefused(FaultCode.UnknownItem, () => Call("ReportCtf", 4711, 4, 0, 0), "no item 4711", $"it has {Holes} targets", "open a new session");
        IsRefused(FaultCode.UnknownItem, () => Call("ReportVisit", 4711), "no item 4711", "open a new session");
        IsRefused(FaultCode.UnknownItem, () => Call("ReportSkipped", 4711, 1), "no item 4711", "open a new session");
        IsRefused(FaultCode.UnknownItem, () => Text("Explain", "item 4711"), "no item 4711", "open a new session");
        IsRefused(FaultCode.UnknownItem, () => Call("Confirm", 3), "call SuggestNextHole");
        Assert.AreEqual(1, Suggest(), "the session goes on");
    }

    /// <summary>SerialEM makes 0 of a word, and cuts a whole number off where it ends.</summary>
    [TestMethod]
    [DataRow("ReportCtf", new double[] { 0, 4, 0, 0 })]
    [DataRow("ReportCtf", new double[] { 3, 0, 0, 0 })]
    [DataRow("ReportVisit", new double[] { 0 })]
    [DataRow("ReportSkipped", new double[] { 0, 0 })]
    [DataRow("SetMode", new double[] { 0 })]
    [DataRow("SetMoveMinutes", new double[] { 0, 0, 0, 0 })]
    public void AnyNumber_TextWhereItBelongs_IsRefusedAndTheWordIsSuspected(string function, double[] values)
    {
        Open();

        IsRefused(FaultCode.BadField, () => Call(function, values), function, "SerialEM makes 0 of a word");
        StringAssert.Contains(Explain($"code {(int)FaultCode.BadField}"), "help NAME");
        StringAssert.Contains(Explain($"help {function}"), $"Plugin Bridge {function} <");
    }

    [TestMethod]
    [DataRow("SetBudget", new double[] { 1 })]
    [DataRow("UpdateStage", new double[] { 1, 2, 3 })]
    [DataRow("SuggestNextHole", new double[0])]
    [DataRow("ReportVisit", new double[] { 1 })]
    [DataRow("ReportCtf", new double[] { 1, 4, 0, 0 })]
    [DataRow("ReportSkipped", new double[] { 1, 0 })]
    [DataRow("CloseSession", new double[0])]
    public void AnyCall_BeforeOpenSession_SaysToOpenOne(string function, double[] values)
        => IsRefused(FaultCode.UnknownSession, () => Call(function, values), "call OpenSession");

    [TestMethod]
    public void OpenSession_AnotherScriptHasAnotherFileOpen_SaysToCloseItFirst()
    {
        Open();

        IsRefused(FaultCode.SessionExists, () => Text("OpenSession", Nav("other.nav", Whole())), "another script", "CloseSession first");
        Assert.AreEqual(1, Suggest(), "the first script goes on");
    }

    [TestMethod]
    public async Task SuggestNextHole_TwoScriptsAtOnce_OneIsToldSoAndNoHoleComesTwice()
    {
        Open();
        var items = new List<double>();
        string? busy = null;

        void Ask()
        {
            var outs = new double[3];
            for (int i = 0; i < 100_000 && Volatile.Read(ref busy) is null; i++)
            {
                double result = PluginCalls.Invoke("SuggestNextHole", [], [], null, outs, out string? text);
                if (result == (double)FaultCode.Busy)
                    Volatile.Write(ref busy, text);
                else if (result == 1)
                {
                    lock (items)
                        items.Add(outs[0]);
                    PluginCalls.Invoke("ReportSkipped", [(int)outs[0], 5], [], null, [], out _);
                }
            }
        }
        await Task.WhenAll(Task.Factory.StartNew(Ask, TaskCreationOptions.LongRunning), Task.Factory.StartNew(Ask, TaskCreationOptions.LongRunning));

        StringAssert.StartsWith(busy, "Busy (-13): ");
        StringAssert.Contains(busy, "only one script at a time");
        StringAssert.Contains(Explain("code -13"), "ask again");
    }

    [TestMethod]
    public void OpenSession_MissingFile_SaysToCheckThePath()
        => IsRefusedFile(FaultCode.UnreadableFile, Folder.File("no.nav"), "no.nav", "no such file", "check the path");

    [TestMethod]
    public void OpenSession_Folder_SaysToGiveTheFile() => IsRefusedFile(FaultCode.UnreadableFile, Folder.Path, "it is a folder", "give the file");

    /// <summary>A share violation on Windows; .NET's locks between processes on Linux are the same to the host.</summary>
    [TestMethod]
    public void OpenSession_LockedFile_SaysToCloseTheOtherProgram()
    {
        string path = Nav("locked.nav", Whole());
        using var other = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        IsRefusedFile(FaultCode.UnreadableFile, path, "locked.nav", "close the program that holds it, or copy the file");
    }

    /// <summary>As SerialEM has a file open while it writes it: others may read and write.</summary>
    [TestMethod]
    public void OpenSession_FileThatIsOpenElsewhereAndShared_IsRead()
    {
        string path = Nav("shared.nav", Whole());
        using var other = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        Open(path);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = false)]
    public void OpenSession_Pipe_DoesNotWaitForItsWriter()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("there are no pipes among the files of Windows");
        using (Process process = Process.Start("mkfifo", Folder.File("pipe.nav")))
            process.WaitForExit();

        IsRefusedFile(FaultCode.UnreadableFile, Folder.File("pipe.nav"), "is empty", "save it again");
    }

    [TestMethod]
    public void OpenSession_HugeFile_IsRefusedBeforeItIsRead()
    {
        string path = Folder.File("huge.nav");
        using (FileStream file = File.Create(path))
            file.SetLength(300L * 1024 * 1024);  // takes no room on the disk

        IsRefusedFile(FaultCode.TooLarge, path, "huge.nav", "the limit", "is it the right file?");
    }

    [TestMethod]
    public void OpenSession_TruncatedFile_SaysToSaveItAgain()
        => IsRefusedFile(FaultCode.UnreadableFile, Nav("cut.nav", Whole()[..^40]), "cut.nav", "cut short", "save it again");

    [TestMethod]
    public void OpenSession_EmptyFile_SaysToSaveItAgain() => IsRefusedFile(FaultCode.UnreadableFile, Nav("empty.nav", ""), "is empty", "save it again");

    [TestMethod]
    public void OpenSession_NothingToCollect_SaysToMarkHoles()
        => IsRefusedFile(FaultCode.NoTargets, Nav("none.nav", "AdocVersion = 2.00\nLastSavedAs = none.nav\n"), "add points at the holes", "save the Navigator again");

    [TestMethod]
    public void OpenSession_OldTabSeparatedForm_SaysToSaveItAnew()
        => IsRefusedFile(FaultCode.UnreadableFile, Nav("old.nav", "Version\t6\tLabel\tColor\n1\t0\t1\t2\n"), "tab-separated", "save it again");

    [TestMethod]
    public void OpenSession_NewerVersion_OpensAndWarnsOfIt()
    {
        Open(Nav("newer.nav", Whole().Replace("AdocVersion = 2.00", "AdocVersion = 3.10", StringComparison.Ordinal)));

        string warnings = Explain("warnings");

        StringAssert.Contains(warnings, "version 3.10 is newer than 2.00");
        StringAssert.Contains(warnings, "newer.nav");
    }

    private static string Whole()
    {
        var text = new StringBuilder("AdocVersion = 2.00\nLastSavedAs = C:\\grid.nav\n\n");
        for (int i = 1; i <= Holes; i++)
            text.Append($"[Item = {i}]\nColor = 0\nStageXYZ = {i} 0 0\nNumPts = 1\nRegis = 1\nType = 0\nAcquire = 1\nMapID = {1000 + i}\nPtsX = {i}\nPtsY = 0\n\n");
        return text.ToString();
    }

    private static string Nav(string name, string text) => Folder.Write(name, Encoding.ASCII.GetBytes(text));

    private static void Open(string? path = null)
    {
        path ??= Nav("grid.nav", Whole());
        Assert.AreEqual(Holes, Until(() => Text("OpenSession", path)), Explain("fault"));
    }

    private static double Suggest() => Until(() => Call("SuggestNextHole"));

    /// <summary>A refused file says why, and does not keep the next from being opened.</summary>
    private static void IsRefusedFile(FaultCode code, string path, params string[] words)
    {
        IsRefused(code, () => Text("OpenSession", path), words);
        Open();
    }

    private static void IsRefused(FaultCode code, Func<double> call, params string[] words)
    {
        double result = Until(call);

        Script.IsFault(code, result, Explain("fault"), words);
        StringAssert.Contains(FaultTexts.Of(code), "; ", "the sentence of the code alone says what to do next");
    }

    private static double Call(string name, params double[] values)
    {
        PluginFunction function = PluginFunctions.Find(name)!;
        return function.NumInts > 0
            ? PluginCalls.Invoke(name, [.. values.Select(value => (int)value)], [], null, [], out _)
            : PluginCalls.Invoke(name, [], values, null, new double[3], out _);
    }

    private static double Text(string name, string text) => PluginCalls.Invoke(name, [], name == "Explain" ? [0, 0, 0] : [], text, [], out _);

    private static string Explain(string about)
    {
        string? text = null;
        Until(() => PluginCalls.Invoke("Explain", [], [0, 0, 0], about, [], out text));
        return text!;
    }

    private static double Until(Func<double> call) => Script.Until(call);
}
