using Bridge.Contracts;
using Bridge.SerialEM.Tests.Support;

namespace Bridge.SerialEM.Tests;

/// <summary>The alignment's functions against a host that answers as told.</summary>
[TestClass]
public sealed class AlignmentTests
{
    [TestMethod]
    public void Alignment_FromBeginToAligned_NeedsNoSession()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        Assert.AreEqual(1, script.Call("SetAlignment", 0.5, 12, 10, 0.25));

        Assert.AreEqual(1, Script.Until(() => script.Call("BeginAlignment", 4, -8)));
        Assert.AreEqual(1, Script.Until(() => script.Call("ObserveBeam", 100, 50)));
        host.BeamShift = new BeamShiftReply(BeamShiftKind.GoOn, "to see") { ShiftX = 0.25, ShiftY = -1, Distance = 112 };
        Assert.AreEqual(1, Script.Until(() => script.Call("NextBeamShift")));
        CollectionAssert.AreEqual(new[] { 0.25, -1, 112 }, script.Outs);
        Assert.AreEqual(1, Script.Until(() => script.Call("BeamNotFound")));
        host.BeamShift = new BeamShiftReply(BeamShiftKind.Aligned, "aligned: 0.1 px") { ShiftX = 2, ShiftY = 3, Distance = 0.1 };
        Assert.AreEqual(2, Script.Until(() => script.Call("NextBeamShift")));
        Assert.AreEqual("aligned: 0.1 px", script.Explain("alignment"));

        var begin = host.Heard().OfType<BeginAlignmentRequest>().Single();
        Assert.AreEqual(("alignment", 4.0, -8.0, 10.0, 0.5, 12, 0.25), (begin.Session, begin.GoalX, begin.GoalY, begin.MaxShift, begin.Tolerance, begin.MaxSteps, begin.FirstShift));
        CollectionAssert.AreEqual(new (double?, double?)[] { (100, 50), (null, null) }, host.Heard().OfType<ObserveBeamRequest>().Select(observed => (observed.X, observed.Y)).ToArray());
        Assert.HasCount(0, host.Heard().OfType<OpenSessionRequest>());
    }

    [TestMethod]
    public void Alignment_BesideACollectionOfAChosenName_HasANameOfItsOwn()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.CallText("SetSession", "monday");
        script.Open();
        script.Call("SetAlignment", 1, 30, 10, 0);

        Assert.AreEqual(1, Script.Until(() => script.Call("BeginAlignment", 0, 0)));
        Assert.AreEqual(1, script.Suggest(), "the collection goes on");

        Assert.AreEqual("monday.alignment", host.Heard().OfType<BeginAlignmentRequest>().Single().Session);
    }

    [TestMethod]
    public void BeginAlignment_WithoutLimits_IsRefused()
    {
        using var script = new Script();

        Script.IsFault(FaultCode.OutsideEnvelope, script.Call("BeginAlignment", 0, 0), script.Text!, "SetAlignment");
    }

    [TestMethod]
    public void NextBeamShift_BeyondTheLongest_IsRefusedNotClippedAndEndsTheAlignment()
    {
        using var host = new FakeHost { BeamShift = new BeamShiftReply(BeamShiftKind.GoOn, "far") { ShiftX = 8, ShiftY = 8 } };
        using var script = new Script(host.Endpoint);
        script.Call("SetAlignment", 1, 30, 10, 0);
        Script.Until(() => script.Call("BeginAlignment", 0, 0));

        double result = Script.Until(() => script.Call("NextBeamShift"));

        Script.IsFault(FaultCode.OutsideEnvelope, result, script.Text!, "11.31", "longest allowed is 10");
        CollectionAssert.AreEqual(new double[3], script.Outs);
        Assert.AreEqual((double)FaultCode.UnknownSession, script.Call("NextBeamShift"));
    }

    [TestMethod]
    public void NextBeamShift_AfterStop_IsRefusedWhileObservationsAreKept()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        script.Call("SetAlignment", 1, 30, 10, 0);
        Script.Until(() => script.Call("BeginAlignment", 0, 0));

        script.Call("Stop");

        Assert.AreEqual((double)FaultCode.Stopped, script.Call("NextBeamShift"));
        Assert.AreEqual((double)FaultCode.Stopped, script.Call("BeginAlignment", 0, 0));
        Assert.AreEqual((double)FaultCode.Stopped, script.Call("BeginScan", 96, 96));
    }

    [TestMethod]
    public void Alignment_HostSaysNo_GivesItsCode()
    {
        using var host = new FakeHost { BeamShift = new FaultReply(FaultCode.OutOfTurn, "the beam has not been observed yet") };
        using var script = new Script(host.Endpoint);
        script.Call("SetAlignment", 1, 30, 10, 0);
        Script.Until(() => script.Call("BeginAlignment", 0, 0));

        Script.IsFault(FaultCode.OutOfTurn, Script.Until(() => script.Call("NextBeamShift")), script.Text!, "observed");
    }

    [TestMethod]
    public void Alignment_SlowHost_IsPendingAndThenPickedUpOnce()
    {
        using var host = new FakeHost(manner: Manner.Slow) { SlowMs = 300 };
        using var script = new Script(host.Endpoint);
        script.Call("SetAlignment", 1, 30, 10, 0);
        script.Call("SetDeadline", 10);

        Assert.AreEqual(0, script.Call("BeginAlignment", 1, 2));
        Assert.AreEqual(1, Script.Until(() => script.Call("BeginAlignment", 1, 2)));
        Assert.AreEqual(0, script.Call("ObserveBeam", 7, 7));
        Assert.AreEqual(1, Script.Until(() => script.Call("ObserveBeam", 7, 7)));
        Assert.AreEqual(1, Script.Until(() => script.Call("ObserveBeam", 7, 7)), "a beam that has not moved is told again");

        Assert.HasCount(1, host.Heard().OfType<BeginAlignmentRequest>());
        Assert.HasCount(2, host.Heard().OfType<ObserveBeamRequest>());
    }

    [TestMethod]
    [DataRow("SetAlignment", new double[] { 0, 30, 10, 1 }, "tolerance")]
    [DataRow("SetAlignment", new double[] { 1, 0, 10, 1 }, "most steps")]
    [DataRow("SetAlignment", new double[] { 1, 2.5, 10, 1 }, "whole number")]
    [DataRow("SetAlignment", new double[] { 1, 30, 0, 0 }, "longest shift")]
    [DataRow("SetAlignment", new double[] { 1, 30, 10, 11 }, "first shift")]
    [DataRow("SetScan", new double[] { 0.9, 20, 0 }, "coverage")]
    [DataRow("SetScan", new double[] { 0.05, 1, 0 }, "positions")]
    [DataRow("SetScanRange", new double[] { 2, 1 }, "least")]
    [DataRow("SetScanRange", new double[] { 0, 1e13 }, "most")]
    [DataRow("BeginScan", new double[] { 7, 96 }, "width")]
    [DataRow("BeginScan", new double[] { 96, 96.5 }, "height")]
    public void Call_OutOfRange_NamesTheValue(string name, double[] values, string word)
    {
        using var script = new Script();

        Script.IsFault(FaultCode.BadField, script.Call(name, values), script.Text!, name, word);
    }

    [TestMethod]
    public void Call_BeforeBegin_SaysSo()
    {
        using var script = new Script();

        Script.IsFault(FaultCode.UnknownSession, script.Call("ObserveBeam", 1, 2), script.Text!, "BeginAlignment");
        Script.IsFault(FaultCode.UnknownSession, script.Call("BeamNotFound"), script.Text!, "BeginAlignment");
        Script.IsFault(FaultCode.UnknownSession, script.Call("NextBeamShift"), script.Text!, "BeginAlignment");
        Script.IsFault(FaultCode.UnknownSession, script.Call("NextSegment"), script.Text!, "BeginScan");
        Script.IsFault(FaultCode.UnknownSession, script.CallText("ObserveSegment", "1 2"), script.Text!, "BeginScan");
    }

    [TestMethod]
    public void Scan_FromBeginToDone_PassesTheValuesOn()
    {
        using var host = new FakeHost();
        using var script = new Script(host.Endpoint);
        Assert.AreEqual(1, script.Call("SetScan", 0.05, 4, 3));
        Assert.AreEqual(1, script.Call("SetScanRange", -400, 255));
        Assert.AreEqual(1, script.CallText("SetScanPolicy", "adaptive"));

        Assert.AreEqual(20, Script.Until(() => script.Call("BeginScan", 96, 64)));
        Assert.AreEqual(1, Script.Until(() => script.Call("NextSegment")));
        CollectionAssert.AreEqual(new[] { 47.5, 31.5, 0.5 }, script.Outs);
        Assert.AreEqual((double)FaultCode.BadField, script.CallText("ObserveSegment", "1 two 3 4"));
        StringAssert.Contains(script.Text!, "'two'");
        Assert.AreEqual(1, Script.Until(() => script.CallText("ObserveSegment", "1, 2.5 -3e2\t4")));

        var begin = host.Heard().OfType<BeginScanRequest>().Single();
        Assert.AreEqual(("scan", 96, 64, 0.05, 4, 3), (begin.Session, begin.Width, begin.Height, begin.Coverage, begin.Positions, begin.Seed));
        CollectionAssert.AreEqual(new[] { 1, 2.5, -300, 4 }, host.Heard().OfType<ObserveSegmentRequest>().Single().Values.ToArray());
        Assert.AreEqual((-400, 255, "adaptive"), (begin.ValueMin, begin.ValueMax, begin.Policy));
        Assert.AreEqual("segment 1 of 20", script.Explain("scan"));
        host.Segment = new SegmentReply(SegmentKind.Done, "all are scanned; the image is /data/scan-1.mrc") { Number = 20, File = "/data/scan-1.mrc" };
        Assert.AreEqual(2, Script.Until(() => script.Call("NextSegment")));
        StringAssert.Contains(script.Explain("scan"), "/data/scan-1.mrc");
    }
}
