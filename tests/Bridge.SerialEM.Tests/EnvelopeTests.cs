using Bridge.Contracts;
using Bridge.SerialEM.Tests.Support;

namespace Bridge.SerialEM.Tests;

/// <summary>What the plugin does not let through.</summary>
[TestClass]
public sealed class EnvelopeTests
{
    [TestMethod]
    public void SuggestNextHole_OutsideTheStageLimits_IsRefusedNotClippedAndTheHostHearsOfIt()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();
        script.Call("UpdateStage", 5, 0, 0);
        script.Call("SetStageLimits", 1.5, 100, -10, 10);

        double refused = script.Suggest();

        Script.IsFault(FaultCode.OutsideEnvelope, refused, script.Text!, "item 1", "1.5");
        CollectionAssert.AreEqual(new double[3], script.Outs);
        Assert.AreEqual((double)FaultCode.UnknownItem, script.Call("SuggestedStage"), "a refused target is no suggestion");
        Assert.AreEqual(1, script.Suggest());
        Assert.AreEqual(2, script.Outs[0]);
        var skipped = host.Heard().OfType<ReportSkippedRequest>().Single();
        Assert.AreEqual((1, SkipReason.OutOfReach), (skipped.Item, skipped.Reason));
        Assert.HasCount(2, host.Heard().OfType<UpdateStageRequest>(), "the host hears where the stage still is");
    }

    [TestMethod]
    public void OpenSession_AfterLimits_TellsTheHostOfThem()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Call("SetStageLimits", -1, 2, -3, 4);
        script.CallText("SetAllowedSquares", "A B");

        script.Open();

        AllowedArea allowed = host.Heard().OfType<OpenSessionRequest>().Single().Allowed!;
        Assert.AreEqual((-1.0, 2.0, -3.0, 4.0), (allowed.MinX, allowed.MaxX, allowed.MinY, allowed.MaxY));
        Assert.IsTrue(allowed.Squares!.SetEquals(["A", "B"]));
    }

    [TestMethod]
    public void SuggestNextHole_SquareNotAllowed_IsRefusedUntilAllAreAllowed()
    {
        using var host = new FakeHost { TargetOf = item => new Target { Item = item, Id = "x", Square = item == 3 ? "" : "B", Stage = default } };
        using var script = new Script(host.Endpoint);
        script.Open();
        script.CallText("SetAllowedSquares", "A, C");

        Assert.AreEqual((double)FaultCode.OutsideEnvelope, script.Suggest());
        StringAssert.Contains(script.Text!, "square 'B'");
        script.CallText("SetAllowedSquares", "A B");
        Assert.AreEqual(1, script.Suggest());
        Assert.AreEqual((double)FaultCode.OutsideEnvelope, script.Suggest(), "a square that is not known");
        script.CallText("SetAllowedSquares", "-");
        Assert.AreEqual(1, script.Suggest());
    }

    [TestMethod]
    public void Stop_Called_WinsOverEverythingUntilResume()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();
        script.Call("SetMode", 3);
        script.Call("SetImageShiftLimit", 5);

        Assert.AreEqual(1, script.Call("Stop"));

        Script.IsFault(FaultCode.Stopped, script.Call("SuggestNextHole"), script.Plugin.LastFault, "Resume");
        Assert.AreEqual((double)FaultCode.Stopped, script.Call("MayMove", 0, 0, 0));
        Assert.AreEqual((double)FaultCode.Stopped, script.Call("MayShift", 0, 0));
        Assert.AreEqual(1, script.Call("ReportCtf", 1, 4, 0, 0), "what was measured is still kept");
        Assert.AreEqual(1, script.Call("Resume"));
        Assert.AreEqual(1, script.Suggest());
    }

    [TestMethod]
    public void Stop_ByFile_LastsUntilTheFileIsGone()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();
        script.Folder.Write("STOP", []);

        Script.IsFault(FaultCode.Stopped, script.Call("SuggestNextHole"), script.Plugin.LastFault, "STOP");
        Assert.AreEqual((double)FaultCode.Stopped, script.Call("Resume"));
        File.Delete(script.Folder.File("STOP"));
        Assert.AreEqual(1, script.Suggest());
    }

    [TestMethod]
    public void MayMove_EachMode_AllowsWhatItSays()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Open();
        script.Suggest();

        Script.IsFault(FaultCode.NotAllowed, script.Call("MayMove", 1, 0, 0), script.Plugin.LastFault, "advise");
        script.Call("SetMode", 2);
        Script.IsFault(FaultCode.NotAllowed, script.Call("MayMove", 1, 0, 0), script.Plugin.LastFault, "Confirm");
        Assert.AreEqual((double)FaultCode.BadField, script.Call("Confirm", 2), "another item than the one suggested");
        script.Call("Confirm", 1);
        Assert.AreEqual(1, script.Call("MayMove", 1, 0, 0));
        script.Suggest();
        Assert.AreEqual((double)FaultCode.NotAllowed, script.Call("MayMove", 2, 0, 0), "a new suggestion needs a new word");
        script.Call("SetMode", 3);
        Assert.AreEqual(1, script.Call("MayMove", 2, 0, 0));
        script.Call("SetStageLimits", -1, 1, -1, 1);
        Assert.AreEqual((double)FaultCode.OutsideEnvelope, script.Call("MayMove", 2, 0, 0));
    }

    [TestMethod]
    public void MayShift_BeyondTheLimit_IsRefused()
    {
        using var script = new Script();

        Assert.AreEqual((double)FaultCode.OutsideEnvelope, script.Call("MayShift", 0.1, 0), "none is allowed unless set");
        script.Call("SetImageShiftLimit", 5);
        Assert.AreEqual(1, script.Call("MayShift", 3, -4));
        Script.IsFault(FaultCode.OutsideEnvelope, script.Call("MayShift", 3, -4.1), script.Plugin.LastFault, "limit of 5");
    }

    [TestMethod]
    public void SetStageLimits_LeastAboveMost_IsRefused()
    {
        using var script = new Script();

        double result = script.Call("SetStageLimits", 1, -1, 0, 0);

        Script.IsFault(FaultCode.BadField, result, script.Text!, "least");
    }
}
