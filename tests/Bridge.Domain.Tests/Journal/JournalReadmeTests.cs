using System.Diagnostics;
using Bridge.Testing;

namespace Bridge.Domain.Tests.Journal;

/// <summary>The Python program in the README of Bridge.Domain checks real journals.</summary>
[TestClass]
public sealed class JournalReadmeTests
{
    [TestMethod]
    public void PythonInReadme_GoodAndDamagedJournal_TellsThemApart()
    {
        string python = Peers.Python("json");
        using var folder = new TempFolder();
        string readme = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "agent-host", "Bridge.Domain", "README.md"));
        int start = readme.IndexOf("```python", StringComparison.Ordinal) + "```python".Length;
        File.WriteAllText(folder.File("check.py"), readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);
        string journal = SessionJournalTests.Make(folder, 3);

        (int code, string output) good = Run(python, folder.File("check.py"), journal);
        byte[] bytes = File.ReadAllBytes(journal);
        bytes[^40] ^= 1;
        File.WriteAllBytes(journal, bytes);
        (int code, string output) damaged = Run(python, folder.File("check.py"), journal);

        Assert.AreEqual(0, good.code, good.output);
        StringAssert.Contains(good.output, "3 2026-01-31T12:00:00.123456Z visit");
        Assert.AreEqual(1, damaged.code);
        StringAssert.Contains(damaged.output, "line 3 is damaged");
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(30)))
            process.Kill();
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }
}
