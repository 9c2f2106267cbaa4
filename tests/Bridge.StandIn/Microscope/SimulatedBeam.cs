using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.StandIn.Microscope;

/// <summary>The beam on the camera: each deflector moves it along axes and by a scale of its own that nobody knows.</summary>
internal sealed class SimulatedBeam
{
    /// <summary>px for one µm: the image shift reaches 15 µm and has to take the beam across the picture.</summary>
    private const double PxPerUm = 160;

    private readonly (string Pair, DiffractionAlignment Deflector, Xy Start)[] _deflectors;

    public SimulatedBeam(StandInOptions options)
    {
        var settings = new DiffractionAlignmentSettings { Fault = options.BeamFault };
        _deflectors =
        [
            Of("DiffractionShift", settings, options.BeamSeed),
            Of("ImageShift", settings with { PxPerUnit = PxPerUm, LeastScale = 0.5, MostScale = 2 }, options.BeamSeed + 1),
            Of("BeamShift", settings, options.BeamSeed + 2),
        ];
    }

    /// <summary>Measures the beam as the deflectors are set now.</summary>
    /// <returns>px from the middle of the picture; null if the beam is outside it.</returns>
    public Xy? Measure(Optics optics)
    {
        Xy moved = default;
        foreach ((string pair, DiffractionAlignment deflector, Xy start) in _deflectors)
        {
            (double x, double y) = optics.Pair(pair);
            deflector.Set(new Xy(x, y));
            moved += deflector.Beam - start;
        }
        // The first deflector knows where the beam started; the others only add what they did.
        Xy beam = _deflectors[0].Start + moved;
        return DiffractionAlignment.IsInPicture(beam, new DiffractionAlignmentSettings().CameraPx) ? beam : null;
    }

    private static (string, DiffractionAlignment, Xy) Of(string pair, DiffractionAlignmentSettings settings, int seed)
    {
        var deflector = new DiffractionAlignment(settings, seed);
        return (pair, deflector, deflector.Beam);
    }
}
