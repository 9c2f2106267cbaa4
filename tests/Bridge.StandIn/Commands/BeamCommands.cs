using Bridge.Agents.Alignment;
using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>Where the beam is in an image.</summary>
internal static class BeamCommands
{
    public static void AddTo(CommandSet set) => set.Add("MeasureBeamPosition", 0, MeasurePosition);

    /// <summary>Displacement of the beam from the middle of the image in the buffer, A unless named.</summary>
    private static void MeasurePosition(CommandCall call)
    {
        Xy beam = call.World.Camera.Image(call.Text(1)).Beam ?? throw new ScriptFault("no beam edge was found in the image");
        call.LogReport(FormattableString.Invariant($"The beam is displaced from the center by {beam.X:0.0}, {beam.Y:0.0} pixels"));
        call.Report(beam.X, beam.Y);
    }
}
