using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn.Commands;

/// <summary>What an image is worth: CTF fits. The values are those of the grid that the stand-in was given.</summary>
internal static class CtfCommands
{
    /// <summary>Resolution in Å and score of a fit that found nothing.</summary>
    private const double NoFitA = 20, NoFitScore = 0.01;

    public static void AddTo(CommandSet set)
    {
        set.Add("CtfFind", 3, CtfFind, arithmetic: true);
        set.Add("Ctfplotter", 3, Ctfplotter, arithmetic: true);
    }

    /// <summary>Defocus (µm, negative), astigmatism (µm), its angle, phase shift, score, resolution (Å).</summary>
    private static void CtfFind(CommandCall call)
    {
        (double defocus, double resolution, double score) = Fit(call);
        call.LogReport(FormattableString.Invariant($"Ctffind: defocus {defocus:0.000} um, score {score:0.0000}, fit to {resolution:0.0} A"));
        call.Report(defocus, 0.02, 45, 0, score, resolution);
    }

    /// <summary>
    /// The same with resolution (Å) and score in SerialEM's order for it. ReadCtfplotterResults gives the frequency of the fit before the
    /// correlation, so the resolution is the fifth value and not, as with CtfFind, the sixth.
    /// </summary>
    private static void Ctfplotter(CommandCall call)
    {
        (double defocus, double resolution, double score) = Fit(call);
        call.Report(defocus, 0.02, 45, 0, resolution, score);
    }

    private static (double DefocusUm, double ResolutionA, double Score) Fit(CommandCall call)
    {
        Shot image = call.World.Camera.Image(call.Text(1));
        if (call.Number(2) == call.Number(3))
            throw new ScriptFault("the range of defocus to search is empty");
        if (image.Hole < 0 || call.World.Specimen is not { } specimen)
            return (image.DefocusUm, NoFitA, NoFitScore);
        double resolution = specimen.CtfA(image.Hole);
        return (image.DefocusUm, resolution, Math.Round(Math.Clamp(1.5 / resolution, 0.01, 0.9), 4));
    }
}
