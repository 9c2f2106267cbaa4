using Bridge.Agents.Planning.Simulation;

namespace Bridge.Agents.Classifier.Simulation;

/// <summary>What the holes of one medium-magnification view share: film, illumination, focus, the direction of the lattice.</summary>
/// <param name="CarbonNm">Thickness of the film in nm.</param>
/// <param name="FilmIceNm">Ice on the film in nm.</param>
/// <param name="Gain">Brightness of the beam, about 1.</param>
/// <param name="GradientX">Change of the illumination along a crop, as a fraction.</param>
/// <param name="FringeUm">Width of the Fresnel fringe at an edge in µm.</param>
/// <param name="Fringe">Its strength as a fraction; negative beyond focus.</param>
/// <param name="IceSlopeX">Change of the ice's thickness along a crop, as a fraction.</param>
/// <param name="Angle">Of the lattice, in radians.</param>
/// <param name="Squeeze">Ratio of the axes of the tilted holes, 1 or a little below.</param>
internal readonly record struct HoleOptics(double CarbonNm, double FilmIceNm, double Gain, double GradientX, double GradientY, double FringeUm, double Fringe, double IceSlopeX, double IceSlopeY, double Angle, double Squeeze)
{
    /// <summary>Electron wavelength at 300 kV in µm.</summary>
    private const double WavelengthUm = 1.97e-6;

    /// <summary>One view; those of one grid-level image share film and direction.</summary>
    public static HoleOptics Draw(HoleOptics grid, double spread, Random random)
    {
        double defocusUm = (random.NextDouble() < 0.1 ? -1 : 1) * (40 + 160 * random.NextDouble());
        return grid with
        {
            FilmIceNm = 8 + 14 * random.NextDouble(),
            Gain = Math.Exp(spread * SimulatedCtf.Normal(random)),
            GradientX = 0.02 * SimulatedCtf.Normal(random),
            GradientY = 0.02 * SimulatedCtf.Normal(random),
            // A fringe is as wide as the first Fresnel zone, and stronger the more the image is out of focus.
            FringeUm = Math.Sqrt(WavelengthUm * Math.Abs(defocusUm)),
            Fringe = Math.Sign(defocusUm) * (0.02 + 0.04 * Math.Abs(defocusUm) / 200),
            IceSlopeX = 0.12 * SimulatedCtf.Normal(random),
            IceSlopeY = 0.12 * SimulatedCtf.Normal(random),
        };
    }

    /// <summary>What the views of one grid-level image share.</summary>
    public static HoleOptics DrawGrid(Random random) => new()
    {
        CarbonNm = 18 + 6 * random.NextDouble(),
        Angle = random.NextDouble() * Math.PI / 2,
        Squeeze = 1 - 0.03 * random.NextDouble(),
    };
}
