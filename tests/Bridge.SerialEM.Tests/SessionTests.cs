using Bridge.Contracts;
using Bridge.SerialEM.Tests.Support;

namespace Bridge.SerialEM.Tests;

/// <summary>A script's session with a host that behaves, or does not.</summary>
[TestClass]
public sealed class SessionTests
{
    [TestMethod]
    public void Session_FromOpenToClose_DoesWhatTheTableSays()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        Assert.AreEqual(1, Script.Until(() => script.CallText("Connect", "-")));
        Assert.AreEqual(1, script.CallText("SetSession", "monday"));
        Assert.AreEqual(1, script.CallText("SetPlanner", "greedy"));
        Assert.AreEqual(1, script.CallText("SetShadow", "bayes"));
        Assert.AreEqual(1, script.Call("SetSeed", 7));
        Assert.AreEqual(1, script.Call("SetGoal", 500, 3, -0.8, -2, 0));
        Assert.AreEqual(1, script.Call("SetMoveMinutes", 2, 3, 5, 10));
        Assert.AreEqual(1, script.Call("SetClock", 12.5));

        Assert.AreEqual(10, Script.Until(() => script.CallText("OpenSession", script.Folder.File("grid.nav"))));
        Assert.AreEqual(1, script.Call("SetBudget", 480));
        Assert.AreEqual(1, script.CallText("SetEndTime", "07:30"));
        Assert.AreEqual(1, script.Call("UpdateStage", 1, 2, 3));
        Assert.AreEqual(1, script.Suggest());
        CollectionAssert.AreEqual(new[] { 1.0, 0.5, 2.0 }, script.Outs);
        Assert.AreEqual(2, script.Call("NextShot"));
        Assert.AreEqual(2, script.Call("SuggestedDefocus"));
        Assert.AreEqual(1, script.Call("Avoid", 9));
        Assert.AreEqual(1, script.Call("SuggestedStage"));
        CollectionAssert.AreEqual(new[] { 1.0, 0.0, 0.0 }, script.Outs);
        Assert.AreEqual(1, script.Call("ReportCtf", 1, 4.2, 0.9, -1.5));
        Assert.AreEqual(1, script.Call("ReportSkipped", 2, 5));
        Assert.AreEqual(1, script.Call("ReportVisit", 3));
        Assert.AreEqual(1, script.Call("ReportMove", 3, 1.25));
        Assert.AreEqual(1, script.CallText("ReadPredictions", script.Folder.File("grid.nav")));
        Assert.AreEqual("item 1: it is next", script.Explain("last"));
        Assert.AreEqual("about item 3", script.Explain("item 3"));
        Assert.AreEqual(7, Script.Until(() => script.Call("CloseSession")));

        var opening = host.Heard().OfType<OpenSessionRequest>().Single();
        Assert.AreEqual(("monday", "greedy", 7, "2,3,5,10", 12.5), (opening.Session, opening.Planner, opening.Seed, opening.Minutes, opening.ClockMin));
        Assert.AreEqual((500, 3, -0.8, -2.0), (opening.Goal!.MaxShots, opening.Goal.LeastPerSquare, opening.Goal.DefocusFromUm, opening.Goal.DefocusToUm));
        CollectionAssert.AreEqual(new[] { 9 }, host.Heard().OfType<SetGoalRequest>().Single().Goal.Avoid.ToArray());
        Assert.AreEqual(("bayes", null), (opening.Shadow, opening.SurveyMinutes));
        Assert.AreEqual("07:30", host.Heard().OfType<SetEndTimeRequest>().Single().EndTime);
        Assert.AreEqual((3, 1.25), host.Heard().OfType<ReportMoveRequest>().Select(move => (move.Item, move.Minutes)).Single());
        Assert.AreEqual(script.Folder.File("grid.nav"), host.Heard().OfType<ReportPredictionsRequest>().Single().Path);
        var report = host.Heard().OfType<ReportCtfRequest>().Single();
        Assert.AreEqual((1, 4.2, 0.9, -1.5), (report.Item, report.CtfMaxResA, report.FitScore, report.DefocusUm));
        Assert.AreEqual((2, SkipReason.Later), host.Heard().OfType<ReportSkippedRequest>().Select(skipped => (skipped.Item, skipped.Reason)).Single());
        Assert.IsTrue(host.Heard().OfType<SessionRequest>().All(request => request.ClockMin == 12.5));
    }

    [TestMethod]
    [DataRow("0.0.9")]
    [DataRow("98.0.0")]
    public void OpenSession_HostOfAnotherVersion_GoesOnAndSaysBothAndWhatToDo(string version)
    {
        using var host = new FakeHost { HostVersion = version };
        using var script = new Script(host.Endpoint);
        string warning = $"the host is version {version}, this plugin is {HostLink.Version}; close SerialEM, install Bridge again, which brings both, and restart SerialEM";

        script.Open();
        Assert.AreEqual(1, script.Suggest());  // answered after the question for the version

        Assert.AreEqual($"{warning}; nothing odd was found in the file", script.Explain("warnings"));
        StringAssert.EndsWith(script.Explain("version"), "; " + warning);
        Assert.AreEqual(2, script.Log.Split("warning: " + warning).Length, script.Log);
    }

    [TestMethod]
    public void Connect_HostOfTheSameVersion_HasNoWarning()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);

        Assert.AreEqual(1, Script.Until(() => script.CallText("Connect", "-")));
        script.Open();

        Assert.AreEqual("nothing odd was found in the file", script.Explain("warnings"));
        Assert.HasCount(1, host.Heard().OfType<HelloRequest>());
    }

    [TestMethod]
    public void OpenSession_SlowHost_IsPendingAndThenPickedUpOnce()
    {
        using var host = new FakeHost(manner: Manner.Slow) { SlowMs = 300 };
        using var script = new Script(host.Endpoint);
        script.Call("SetDeadline", 10);
        string path = script.Folder.File("grid.nav");

        double first = script.CallText("OpenSession", path);
        double last = Script.Until(() => script.CallText("OpenSession", path));

        Assert.AreEqual((0.0, 10.0), (first, last));
        Assert.HasCount(1, host.Heard().OfType<OpenSessionRequest>());
    }

    [TestMethod]
    public void SuggestNextHole_SlowHost_IsPendingAndThenPickedUpOnce()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();
        (host.SlowMs, host.Manner) = (300, Manner.Slow);
        script.Call("SetDeadline", 10);

        double first = script.Call("SuggestNextHole");
        double last = script.Suggest();

        Assert.AreEqual((0.0, 1.0), (first, last));
        Assert.HasCount(1, host.Heard().OfType<SuggestRequest>());
    }

    [TestMethod]
    public void OpenSession_RefusedFile_SaysWhyAndAnotherMayFollow()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);

        double result = Script.Until(() => script.CallText("OpenSession", script.Folder.File("missing.nav")));

        Script.IsFault(FaultCode.UnreadableFile, result, script.Text ?? script.Plugin.LastFault, "missing.nav");
        script.Open();
    }

    [TestMethod]
    public void OpenSession_AnotherFileWhileOneIsOpen_IsRefusedAndTheFirstGoesOn()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();

        double result = script.CallText("OpenSession", script.Folder.File("other.nav"));

        Script.IsFault(FaultCode.SessionExists, result, script.Text!, "grid.nav", "CloseSession");
        Assert.AreEqual(1, script.Suggest());
    }

    [TestMethod]
    public void OpenSession_SameFileAgain_ResumesUnderTheSameName()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();
        script.Open();

        string[] names = [.. host.Heard().OfType<OpenSessionRequest>().Select(open => open.Session)];

        Assert.HasCount(2, names);
        Assert.AreEqual(names[0], names[1]);
        Assert.IsTrue(Ids.IsValid(names[0]), names[0]);
    }

    [TestMethod]
    public async Task Invoke_TwoScriptsAtOnce_TheSecondIsToldSo()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();
        host.Manner = Manner.Silent;
        script.Call("SetDeadline", 2000);
        using var entered = new ManualResetEventSlim();
        Task<double> first = Task.Run(() =>
        {
            entered.Set();
            double result;
            do
            {
                result = script.Plugin.Invoke("SuggestNextHole", [], [], null, new double[3], out _);
            }
            while (result == (double)FaultCode.Busy);  // the question below was in just then
            return result;
        });
        entered.Wait();

        double second;
        string? text;
        do
        {
            second = script.Plugin.Invoke("MayShift", [], [0, 0], null, [], out text);
        }
        while (second > 0 && !first.IsCompleted);

        Script.IsFault(FaultCode.Busy, second, text!, "one script");
        Assert.AreEqual(0, await first);
    }

    [TestMethod]
    public void ReportCtf_UnknownItem_IsRefusedByTheHost()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();

        double result = script.Call("ReportCtf", 999, 4, 0, 0);

        Script.IsFault(FaultCode.UnknownItem, result, script.Text!, "999");
        Assert.AreEqual((double)FaultCode.BadField, script.Call("ReportCtf", 1.5, 4, 0, 0));
        Assert.AreEqual((double)FaultCode.BadField, script.Call("ReportCtf", 1, 0, 0, 0));
    }

    [TestMethod]
    public void SuggestNextHole_HostGoesAwayAndComesBack_NearestMeanwhileAndAdviceAgain()
    {
        using var host = new FakeHost(100);
        using var script = new Script(host.Endpoint);
        script.Open();
        Assert.AreEqual(1, script.Suggest());
        host.Manner = Manner.Silent;

        Assert.AreEqual(1, script.Suggest());
        CollectionAssert.AreEqual(new[] { 2.0, -1, -1 }, script.Outs, "the nearest unvisited, and nothing known of it");
        StringAssert.Contains(script.Explain("last"), "does not answer");
        StringAssert.Contains(script.Log, "own order");

        host.Manner = Manner.Good;
        do
        {
            Assert.AreEqual(1, script.Suggest());
        }
        while (script.Outs[1] < 0);
        Assert.AreEqual(0.5, script.Outs[1]);
        StringAssert.Contains(script.Log, "the host answers again");
    }

    [TestMethod]
    public void CloseSession_HostStaysAway_FailsInTheEndAndLeavesTheWayFree()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint, hostStartLimit: TimeSpan.Zero);
        script.Open();
        host.Manner = Manner.Silent;

        double closed = Script.Until(() => script.Call("CloseSession"));
        host.Manner = Manner.Good;

        Assert.AreEqual((double)FaultCode.HostUnreachable, closed);
        Script.Until(() => script.CallText("OpenSession", script.Folder.File("other.nav")) is > 0 and var targets ? targets : 0);
        Assert.HasCount(1, host.Heard().OfType<CloseSessionRequest>(), "the host was told when it came back");
    }

    [TestMethod]
    public void OpenSession_GarbageHost_FailsWithASentence()
    {
        using var host = new FakeHost(manner: Manner.Garbage);
        using var script = new Script(host.Endpoint);

        double result = Script.Until(() => script.CallText("OpenSession", script.Folder.File("grid.nav")));

        Assert.IsTrue(result < 0);
        StringAssert.Contains(script.Plugin.LastFault, "cannot be read");
    }

    [TestMethod]
    public void OpenSession_NobodyThere_FailsWithASentenceInTheEnd()
    {
        using var folder = new Bridge.Testing.TempFolder();
        using var plugin = new PluginHost(new PluginSettings
        {
            Endpoint = "tcp://127.0.0.1:9", DataFolder = folder.Path, HostProgram = folder.File("no-such-program"), HostStartLimit = TimeSpan.Zero,
        });

        double result = Script.Until(() => plugin.Invoke("OpenSession", [], [], folder.File("grid.nav"), [], out _));

        Script.IsFault(FaultCode.HostUnreachable, result, plugin.LastFault, "no-such-program");
    }
}
