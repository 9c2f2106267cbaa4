using Bridge.Agents.AdaptiveScan;

namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>Brightness of a specimen while it is drawn; about 1 on an atomic column.</summary>
internal sealed class SpecimenCanvas(int width, int height)
{
    private readonly float[] _brightness = new float[width * height];

    public int Width => width;

    public int Height => height;

    /// <summary>Adds the atoms of a lattice, each as bright as the place where it stands says (0 to 1).</summary>
    public void Add(Lattice lattice, Func<(double X, double Y), double> share)
    {
        foreach (LatticeAtom atom in lattice.Atoms(width, height))
        {
            double here = share((atom.X, atom.Y));
            if (here > 0.02)
                AddAtom(atom.X, atom.Y, lattice.SigmaPx, atom.Brightness * here);
        }
    }

    /// <summary>Adds even brightness times the share.</summary>
    public void Fill(double brightness, Func<(double X, double Y), double> share)
    {
        for (int i = 0; i < _brightness.Length; i++)
            _brightness[i] += (float)(brightness * share((i % width, i / width)));
    }

    /// <summary>Adds a Gaussian spot.</summary>
    public void AddAtom(double x, double y, double sigma, double brightness)
    {
        int reach = (int)Math.Ceiling(3 * sigma);
        int left = Math.Max(0, (int)x - reach), right = Math.Min(width - 1, (int)x + reach + 1);
        int top = Math.Max(0, (int)y - reach), bottom = Math.Min(height - 1, (int)y + reach + 1);
        for (int row = top; row <= bottom; row++)
        {
            double across = brightness * Math.Exp(-(row - y) * (row - y) / (2 * sigma * sigma));
            for (int column = left; column <= right; column++)
                _brightness[row * width + column] += (float)(across * Math.Exp(-(column - x) * (column - x) / (2 * sigma * sigma)));
        }
    }

    /// <summary>The image as a detector counts it.</summary>
    /// <param name="film">(height, width), mean 0 and variance 1.</param>
    /// <param name="counts">Electrons in a pixel of mean brightness.</param>
    public float[] Count(float[] film, double level, double texture, double counts, Random random)
    {
        float[] image = new float[_brightness.Length];
        double sum = 0;
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)Math.Max(0.003, _brightness[i] + level + texture * film[i]);
            sum += image[i];
        }
        double electrons = counts * image.Length / sum;
        for (int i = 0; i < image.Length; i++)
            image[i] = Poisson.Draw(image[i] * electrons, random);
        return image;
    }
}
