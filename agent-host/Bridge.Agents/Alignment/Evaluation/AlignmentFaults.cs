using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>Microscopes that are as real ones are, each in one way or in all of them: what <c>--study faults</c> goes through.</summary>
public static class AlignmentFaults
{
    /// <summary>Microscopes by name, a faultless one first.</summary>
    /// <param name="usual">What they have in common.</param>
    public static IReadOnlyList<(string Name, DiffractionAlignmentSettings Microscope)> All(DiffractionAlignmentSettings usual)
    {
        var camera = new BeamCamera { Binning = 2 };
        return
        [
            ("none", usual),
            ("latency 1", usual with { LatencyFrames = 1 }),
            ("latency 3", usual with { LatencyFrames = 3 }),
            ("drift 0.2", usual with { DriftPxPerFrame = 0.2 }),
            ("drift 0.5", usual with { DriftPxPerFrame = 0.5 }),
            ("hysteresis 0.1", usual with { Hysteresis = 0.1 }),
            ("hysteresis 0.3", usual with { Hysteresis = 0.3 }),
            ("backlash 0.1", usual with { Hysteresis = 1, HysteresisWidth = 0.1 }),
            ("pictures, binning 1", usual with { Camera = camera with { Binning = 1 } }),
            ("pictures, binning 2", usual with { Camera = camera }),
            ("pictures, binning 4", usual with { Camera = camera with { Binning = 4 } }),
            ("pictures, beam stop", usual with { Camera = camera with { StopPx = 24 } }),
            ("all at once", usual with { LatencyFrames = 1, DriftPxPerFrame = 0.1, Hysteresis = 0.1, Camera = camera with { StopPx = 24 } }),
        ];
    }
}
