using Bridge.Agents.Alignment.Camera;

namespace Bridge.Agents.Alignment.Simulation;

/// <summary>Pictures of a disk on a camera: background, gain that rises across the picture, shot noise, a beam stop, the edge of the screen.</summary>
public sealed record BeamCamera
{
    /// <summary>Normal numbers, of which each row takes a piece: a million logarithms a picture would be most of the time.</summary>
    private static readonly float[] Noises = Draw(new Random(1));

    /// <summary>Edge of the camera in px before binning.</summary>
    public int CameraPx { get; init; } = 1040;

    /// <summary>1, 2 or 4: camera px for one px of the picture.</summary>
    public int Binning { get; init; } = 1;

    /// <summary>Radius of the disk, in camera px.</summary>
    public double RadiusPx { get; init; } = 60;

    /// <summary>Grey values of background and beam.</summary>
    public double Background { get; init; } = 10;

    public double Beam { get; init; } = 100;

    /// <summary>Gain at the right edge over that at the left, less 1.</summary>
    public double GainGradient { get; init; } = 0.3;

    /// <summary>Standard deviation of the noise of a grey value of 1; it grows with the root of the value.</summary>
    public double Noise { get; init; } = 0.6;

    /// <summary>Width of a beam stop that comes in from the right to the middle of the picture, in camera px; 0 for none.</summary>
    public double StopPx { get; init; }

    /// <summary>A picture.</summary>
    /// <param name="beams">Centres in camera px from the middle; none, one or more.</param>
    public CameraPicture Take(Random random, params ReadOnlySpan<Xy> beams)
    {
        int edge = CameraPx / Binning;
        float[] grey = new float[edge * edge];
        Array.Fill(grey, (float)Background);
        foreach (Xy beam in beams)
            Shine(grey, edge, beam);
        for (int y = 0; y < edge; y++)
        {
            Span<float> row = grey.AsSpan(y * edge, edge);
            if (Math.Abs(At(y)) < StopPx / 2)
                row[((edge + 1) / 2)..].Fill((float)Background);
            int from = random.Next(Noises.Length);
            for (int x = 0; x < edge; x++)
            {
                double value = row[x] * (1 + GainGradient * x / edge);
                row[x] = (float)Math.Clamp(value + Noise * Math.Sqrt(value) * Noises[(from + x) % Noises.Length], 0, byte.MaxValue);
            }
        }
        return new CameraPicture(edge, edge, grey, byte.MaxValue);
    }

    /// <summary>Where the beam is found, in camera px from the middle; null if it is not.</summary>
    public Xy? Measure(Xy beam, Random random)
        => DiskFinder.Find(Take(random, beam)).Centre is { } centre
            ? new Xy((centre.X + 0.5) * Binning - CameraPx / 2.0, (centre.Y + 0.5) * Binning - CameraPx / 2.0)
            : null;

    private void Shine(float[] grey, int edge, Xy beam)
    {
        (int left, int right) = Reach(beam.X, edge);
        (int top, int bottom) = Reach(beam.Y, edge);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
                grey[y * edge + x] += (float)(Beam * Math.Clamp((RadiusPx - (new Xy(At(x), At(y)) - beam).Length) / Binning + 0.5, 0, 1));
        }
    }

    private (int From, int To) Reach(double centre, int edge)
        => ((int)Math.Clamp((centre - RadiusPx + CameraPx / 2.0) / Binning - 2, 0, edge), (int)Math.Clamp((centre + RadiusPx + CameraPx / 2.0) / Binning + 2, 0, edge));

    /// <summary>Middle of a column or row, in camera px from the middle of the picture.</summary>
    private double At(int pixel) => (pixel + 0.5) * Binning - CameraPx / 2.0;

    private static float[] Draw(Random random)
    {
        float[] numbers = new float[65_521];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = (float)Normal.Next(random);
        return numbers;
    }
}
