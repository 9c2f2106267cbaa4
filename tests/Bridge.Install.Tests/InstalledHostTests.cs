using System.Diagnostics;
using Bridge.Install.Tests.Support;

namespace Bridge.Install.Tests;

/// <summary>The installed host as a user's own: one at a time, started by whoever comes first, with a log that does not grow.</summary>
[TestClass]
public sealed class InstalledHostTests
{
    private const string Host = InstalledBridge.Program + "/agent-host.exe";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [TestMethod]
    public void Host_StartedTwiceAtOnceWithAFullLog_IsOneAndBeginsAnotherFile()
    {
        using var windows = new InstalledBridge();
        windows.Install(InstalledBridge.Version, $"PORT={windows.Port}", "AUTOSTART=0");
        Directory.CreateDirectory(windows.DataFolder);
        File.WriteAllText(windows.HostLog, new string('x', 512 * 1024 - 10));

        Task<(int Code, string Output)>[] starts = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => windows.Run(Host, "start")))];
        Task.WaitAll(starts);

        foreach (Task<(int Code, string Output)> start in starts)
            Assert.AreEqual(0, start.Result.Code, start.Result.Output);
        Until(() => windows.Hosts.Length == 1, "there is not one host");  // the one that came second may be on its way out
        windows.RunHost(["start"], 0, $"a host answers at tcp://127.0.0.1:{windows.Port} already");
        windows.RunHost(["serve", "--endpoint", "tcp://127.0.0.1:0"], 1, @"agent-host: cannot use the data folder C:\users\", "another agent-host runs on it", "Use or stop that one, or choose another folder with --data-folder.");
        Assert.HasCount(1, windows.Hosts);

        Until(() => File.Exists(windows.HostLog) && Shared(windows.HostLog).Contains($"Listening on tcp://127.0.0.1:{windows.Port}", StringComparison.Ordinal), "the host's log does not say that it listens");
        Assert.AreEqual(512 * 1024 - 10, new FileInfo(Path.Combine(windows.DataFolder, "host.1.log")).Length);
        Assert.IsLessThan(512 * 1024, new FileInfo(windows.HostLog).Length);
    }

    private static string Shared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static void Until(Func<bool> condition, string otherwise)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.IsTrue(Stopwatch.GetElapsedTime(began) < Limit, otherwise);
            Thread.Sleep(50);
        }
    }
}
