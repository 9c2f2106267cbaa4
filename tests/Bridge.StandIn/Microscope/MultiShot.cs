using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>SerialEM's multiple Records at a list of image shifts, its "custom holes". Shifts are relative to the image shift at the start, which is set again at the end.</summary>
internal sealed class MultiShot(Optics optics, Camera camera)
{
    private (double X, double Y)[] _shifts = [];
    private double[] _defocus = [];

    /// <summary>Magnification index at which the shifts were defined; 0 while there are none.</summary>
    public int MagIndex { get; private set; }

    /// <param name="shifts">In the order of the shots; 0 0 has to be among them if the middle is to be shot.</param>
    public void SetCustomHoles((double X, double Y)[] shifts, int magIndex) => (_shifts, MagIndex) = (shifts, magIndex);

    /// <param name="changes">Defocus changes in µm, by hole.</param>
    public void SetDefocus(double[] changes) => _defocus = changes;

    /// <summary>One Record at each of the custom holes.</summary>
    /// <param name="save">Called after each.</param>
    /// <returns>Number of shots.</returns>
    /// <exception cref="ScriptFault">No custom holes, or one beyond the limit of image shift; what was taken before stays.</exception>
    public int ShootCustomHoles(Action save)
    {
        if (_shifts.Length == 0)
            throw new ScriptFault("hole positions have not been defined for multiple Records; SetCustomHoleShifts first");
        ((double x, double y), double defocus) = (optics.Pair("ImageShift"), optics["TargetDefocus"]);
        try
        {
            for (int i = 0; i < _shifts.Length; i++)
            {
                optics.SetImageShift(x + _shifts[i].X, y + _shifts[i].Y);
                optics["TargetDefocus"] = defocus + (i < _defocus.Length ? _defocus[i] : 0);
                camera.Shoot("R");
                save();
            }
        }
        finally
        {
            optics.SetImageShift(x, y);
            optics["TargetDefocus"] = defocus;
        }
        return _shifts.Length;
    }
}
