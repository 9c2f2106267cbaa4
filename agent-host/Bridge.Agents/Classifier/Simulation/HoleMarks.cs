using Bridge.Agents.Planning.Simulation;

namespace Bridge.Agents.Classifier.Simulation;

/// <summary>What is wrong with one hole, where: a crack, a flap of film, grains of crystalline ice, frost.</summary>
internal readonly ref struct HoleMarks
{
    private const int Grains = 8;
    private readonly HoleState _state;
    private readonly double _crackX, _crackY, _crackAt, _wiggle, _flapX, _flapY, _flapAt, _flapLight, _grainUm, _radius;
    private readonly double[] _grains;
    private readonly (double X, double Y, double Radius, double Nm)[] _frost;

    public HoleMarks(HoleState state, double radius, double carbonNm, Random random)
    {
        (_state, _radius) = (state, radius);
        (_crackY, _crackX) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
        _crackAt = (random.NextDouble() - 0.5) * radius;
        _wiggle = 6 * random.NextDouble();
        (_flapY, _flapX) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
        _flapAt = radius * (1 - 2 * state.Overlap);
        _flapLight = Math.Exp(-carbonNm / 160);
        _grainUm = 2.2 * radius / Grains;
        _grains = [];
        if (state.Crystalline > 0)
        {
            _grains = new double[Grains * Grains];
            for (int i = 0; i < _grains.Length; i++)
                _grains[i] = Math.Pow(random.NextDouble(), 3); // most grains are far from a Bragg angle
        }
        // Discs until their area is that of the state; now and then one lies on the film of a clean hole.
        double left = state.Contaminated * Math.PI * radius * radius;
        var frost = new List<(double, double, double, double)>();
        if (random.NextDouble() < 0.15)
            frost.Add(Disc(1.15 * radius, 0.35 * radius, random, 0.05 + 0.15 * random.NextDouble()));
        while (left > 0 && frost.Count < 12)
        {
            double size = 0.06 + 0.25 * random.NextDouble();
            frost.Add(Disc(0, 0.85 * radius, random, size));
            left -= Math.PI * size * size;
        }
        _frost = [.. frost];
    }

    /// <summary>Part of the light that passes the ice of the hole at a place, in µm from its middle.</summary>
    public double Through(double x, double y, double thicknessNm, double iceMeanFreePathNm)
    {
        if (_state.CrackUm > 0)
        {
            double across = x * _crackX + y * _crackY - _crackAt + 0.08 * Math.Sin(_wiggle + 5 * (x * _crackY - y * _crackX));
            if (Math.Abs(across) < _state.CrackUm / 2)
                thicknessNm = 0;
        }
        double light = Math.Exp(-thicknessNm / iceMeanFreePathNm);
        if (_grains.Length > 0 && thicknessNm > 0)
        {
            int u = Math.Clamp((int)((x + _radius) / _grainUm), 0, Grains - 1), v = Math.Clamp((int)((y + _radius) / _grainUm), 0, Grains - 1);
            light *= 1 - 0.35 * _state.Crystalline * _grains[v * Grains + u];
        }
        return _state.Overlap > 0 && x * _flapX + y * _flapY > _flapAt ? light * _flapLight : light;
    }

    /// <summary>Part of the light that passes what fell on hole and film.</summary>
    public double Fallen(double x, double y, double iceMeanFreePathNm)
    {
        double nm = 0;
        foreach ((double fx, double fy, double size, double thick) in _frost)
        {
            double squared = ((x - fx) * (x - fx) + (y - fy) * (y - fy)) / (size * size);
            if (squared < 1)
                nm += thick * (1 - squared);
        }
        return nm > 0 ? Math.Exp(-nm / iceMeanFreePathNm) : 1;
    }

    private static (double X, double Y, double Radius, double Nm) Disc(double least, double spread, Random random, double size)
    {
        (double sin, double cos) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
        double r = least + spread * Math.Sqrt(random.NextDouble());
        return (r * cos, r * sin, size, 900 * size + 60 * Math.Abs(SimulatedCtf.Normal(random)));
    }
}
