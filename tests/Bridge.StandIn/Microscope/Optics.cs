using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>Lenses, deflectors and screens: values that are set and read back. Shifts are in µm, tilts in SerialEM's units.</summary>
internal sealed class Optics(StandInOptions options)
{
    private readonly Dictionary<string, (double X, double Y)> _pairs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, double> _values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Mag"] = 81_000, ["MagIndex"] = 30, ["SpotSize"] = 5, ["PercentC2"] = 44, ["IlluminatedArea"] = 0.9, ["Alpha"] = 1, ["ProbeMode"] = 1,
        ["TargetDefocus"] = -1.5, ["HighVoltage"] = 300, ["SlitWidth"] = 20, ["SlitIn"] = 1, ["LowDoseMode"] = 1, ["AutofocusOffset"] = 0,
    };

    /// <summary>Low-dose area that the microscope is set to.</summary>
    public string Area { get; set; } = "R";

    public bool BeamIsBlanked { get; set; }

    public bool ScreenIsDown { get; set; }

    public double this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = value;
    }

    /// <summary>A deflector's two values; 0 0 until set.</summary>
    public (double X, double Y) Pair(string name) => _pairs.GetValueOrDefault(name);

    public void SetPair(string name, double x, double y) => _pairs[name] = (x, y);

    /// <exception cref="ScriptFault">Beyond the limit.</exception>
    public void SetImageShift(double x, double y)
    {
        if (!(Math.Sqrt(x * x + y * y) <= options.ImageShiftLimitUm))
            throw new ScriptFault(FormattableString.Invariant($"the image shift {x:0.###} {y:0.###} is beyond the limit of {options.ImageShiftLimitUm} µm"));
        SetPair("ImageShift", x, y);
    }
}
