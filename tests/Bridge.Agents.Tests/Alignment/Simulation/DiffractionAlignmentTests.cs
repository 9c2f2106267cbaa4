using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Tests.Alignment.Simulation;

[TestClass]
public sealed class DiffractionAlignmentTests
{
    private static readonly DiffractionAlignmentSettings Exact = new() { NoisePx = 0, ResponseNoise = 0, StartWithin = 0.1, LeastScale = 0.5, MostScale = 0.6 };

    [TestMethod]
    public void Measure_LatePictures_ShowTheBeamAsItWas()
    {
        var microscope = new DiffractionAlignment(Exact with { LatencyFrames = 2 }, seed: 1);
        Xy before = microscope.Beam;
        Assert.AreEqual(before, microscope.Measure());

        microscope.Set(new Xy(1, 0));

        Assert.AreEqual(before, microscope.Measure());
        Assert.AreEqual(before, microscope.Measure());
        Assert.AreEqual(microscope.Beam, microscope.Measure());
        Assert.AreNotEqual(before, microscope.Beam);
    }

    [TestMethod]
    public void Measure_Drift_MovesTheBeamEvenlyInOneDirection()
    {
        var microscope = new DiffractionAlignment(Exact with { DriftPxPerFrame = 0.5 }, seed: 2);
        Xy[] seen = [.. Enumerable.Range(0, 10).Select(_ => microscope.Measure()!.Value)];

        Assert.AreEqual(4.5, (seen[9] - seen[0]).Length, 1e-9);
        Assert.AreEqual(0.5, (seen[1] - seen[0]).Length, 1e-9);
    }

    [TestMethod]
    public void Set_Hysteresis_AReversalLagsAndALongWayDoesNot()
    {
        DiffractionAlignmentSettings lagging = Exact with { Hysteresis = 0.4, HysteresisWidth = 1 };
        double forth = Moved(lagging, 0, 4, 6), back = Moved(lagging, 6, 4, 3.9), farBack = Moved(lagging, 6, 3, 1), straight = Moved(Exact, 0, 0, 2);

        Assert.AreEqual(straight, forth, 1e-9 * straight, "on in the same direction it follows in full");
        Assert.AreEqual(straight, farBack, 1e-9 * straight, "as it does when all of the lag is taken up");
        Assert.IsTrue(Moved(lagging, 6, 6, 5.9) < 0.75 * Moved(Exact, 6, 6, 5.9), "the first bit of a reversal lags");
        Assert.AreEqual(Moved(Exact, 6, 4, 3.9), back, 1e-9 * straight);
    }

    [TestMethod]
    public void Set_Backlash_DoesNothingWithinItsWidth()
    {
        DiffractionAlignmentSettings backlash = Exact with { Hysteresis = 1, HysteresisWidth = 0.4 };

        Assert.AreEqual(0, Moved(backlash, 2, 2, 1.91), 1e-9);
        Assert.IsTrue(Moved(backlash, 2, 2, 1.7) > 0);
    }

    [TestMethod]
    public void Measure_Pictures_FindTheBeamAndSayWhenItIsOutside()
    {
        var microscope = new DiffractionAlignment(Exact with { Camera = new BeamCamera { Binning = 2 } }, seed: 3);

        Assert.AreEqual(0, (microscope.Measure()!.Value - microscope.Beam).Length, 0.5);
        microscope.Set(new Xy(60, 0));

        Assert.IsNull(microscope.Measure());
    }

    [TestMethod]
    public void New_WithFaults_HasTheResponseOfItsSeed()
    {
        var plain = new DiffractionAlignment(new(), seed: 9);
        var faulty = new DiffractionAlignment(new() { LatencyFrames = 1, DriftPxPerFrame = 1, Hysteresis = 0.5 }, seed: 9);

        Assert.AreEqual((plain.Response, plain.Goal, plain.Beam), (faulty.Response, faulty.Goal, faulty.Beam));
    }

    [TestMethod]
    public void New_OnAnother_IsTheSameMicroscopeWithAnotherBeam()
    {
        var first = new DiffractionAlignment(new(), seed: 1);
        var second = new DiffractionAlignment(new(), seed: 2, on: first);

        Assert.AreEqual(first.Response, second.Response);
        Assert.AreNotEqual(first.Beam, second.Beam);
    }

    /// <summary>Px that the beam moves from the second to the third of some shifts along x.</summary>
    private static double Moved(DiffractionAlignmentSettings settings, params double[] shifts)
    {
        var microscope = new DiffractionAlignment(settings, seed: 4);
        microscope.Set(new Xy(-10, 0)); // whatever it was before
        microscope.Set(new Xy(shifts[0], 0));
        microscope.Set(new Xy(shifts[1], 0));
        Xy before = microscope.Beam;
        microscope.Set(new Xy(shifts[2], 0));
        return (microscope.Beam - before).Length;
    }
}
