using Bridge.Agents.AdaptiveScan.Simulation;
using Bridge.Agents.Planning.Simulation;

namespace Bridge.Agents.Classifier.Simulation;

/// <summary>
/// Draws crops in electrons a pixel. A ray that passes t nm of ice and c nm of carbon keeps exp(-t / 395 - c / 160) of its brightness (Rice et al. 2018, the mean free path of ice at 300 kV;
/// carbon is about 2.5 times as dense in scatterers), the shot noise is Poisson's, the camera adds its own.
/// </summary>
internal sealed class HoleRenderer(HoleSimulatorSettings settings)
{
    private const double Many = 40, CameraNoise = 0.002;
    private const double IceNm = 395, CarbonNm = 160, PitchUm = 2.5;

    /// <summary>A hole finder's error, in µm.</summary>
    private const double AimUm = 0.06;

    private readonly double _pixelUm = settings.FieldUm / settings.CropSize;

    /// <summary>Writes the crop of one hole, row by row.</summary>
    public void Draw(HoleState state, HoleOptics view, Random random, Span<float> to)
    {
        int size = settings.CropSize;
        double radius = settings.HoleDiameterUm / 2, electrons = settings.ElectronsPerCell * _pixelUm * _pixelUm / 0.01, camera = CameraNoise * electrons;
        double centreX = AimUm * SimulatedCtf.Normal(random), centreY = AimUm * SimulatedCtf.Normal(random), half = settings.FieldUm / 2;
        (double sin, double cos) = Math.SinCos(view.Angle);
        Span<double> neighbours = stackalloc double[9]; // their own ice
        for (int i = 0; i < 9; i++)
            neighbours[i] = 45 * Math.Exp(0.45 * SimulatedCtf.Normal(random));
        neighbours[4] = state.IceNm;
        double film = Math.Exp(-view.CarbonNm / CarbonNm - view.FilmIceNm / IceNm), fringeUm = Math.Max(view.FringeUm, 0.6 * _pixelUm);
        var marks = new HoleMarks(state, radius, view.CarbonNm, random);
        for (int row = 0, at = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++, at++)
            {
                double px = (column + 0.5) * _pixelUm - half, py = (row + 0.5) * _pixelUm - half, x = px - centreX, y = py - centreY;
                double u = (cos * x + sin * y) / PitchUm, v = (cos * y - sin * x) / PitchUm, cellU = Math.Round(u), cellV = Math.Round(v);
                double du = (u - cellU) * PitchUm, dv = (v - cellV) * PitchUm / view.Squeeze, r = Math.Sqrt(du * du + dv * dv);
                double inside = radius - r, open = Math.Clamp(0.5 + inside / _pixelUm, 0, 1);
                bool own = cellU == 0 && cellV == 0;
                double light = film;
                if (open > 0)
                {
                    double ice = neighbours[Math.Clamp((int)cellV + 1, 0, 2) * 3 + Math.Clamp((int)cellU + 1, 0, 2)];
                    double thickness = ice * Math.Max(0, 1 + view.IceSlopeX * x / half + view.IceSlopeY * y / half) * (0.94 + 0.18 * r * r / (radius * radius)); // a meniscus
                    double hole = own ? marks.Through(x, y, thickness, IceNm) : Math.Exp(-thickness / IceNm);
                    light += open * (hole - film);
                }
                light *= marks.Fallen(x, y, IceNm);
                double s = inside / fringeUm;
                if (s is > -4 and < 4)
                    light *= 1 + view.Fringe * (Math.Exp(-(s - 1) * (s - 1)) - Math.Exp(-(s + 1) * (s + 1)));
                light *= view.Gain * (1 + view.GradientX * px / half + view.GradientY * py / half);
                double mean = electrons * light;
                // Poisson's noise and the camera's; of many electrons their sum is normal.
                to[at] = (float)(mean >= Many ? mean + Math.Sqrt(mean + camera) * SimulatedCtf.Normal(random) : Poisson.Draw(mean, random) + Math.Sqrt(camera) * SimulatedCtf.Normal(random));
            }
        }
        if (random.NextDouble() < 0.03) // an X-ray or a hot pixel
            to[random.Next(to.Length)] = (float)(electrons * (2 + 8 * random.NextDouble()));
    }
}
