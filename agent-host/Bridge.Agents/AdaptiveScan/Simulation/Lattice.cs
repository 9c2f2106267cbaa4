namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>A two-dimensional crystal seen along its columns.</summary>
/// <param name="A">First lattice vector, px.</param>
/// <param name="B">Second lattice vector, px.</param>
/// <param name="Origin">A lattice point, px.</param>
/// <param name="SigmaPx">Width of a column.</param>
/// <param name="First">Brightness of the column at the lattice point.</param>
/// <param name="Second">Brightness of the column in the middle of the cell; 0: there is none.</param>
/// <param name="Vacancies">Share of columns that are missing.</param>
/// <param name="Seed">Draws the defects.</param>
internal sealed record Lattice((double X, double Y) A, (double X, double Y) B, (double X, double Y) Origin, double SigmaPx, double First, double Second, double Vacancies, int Seed)
{
    public static double Period(SpecimenSettings settings, Random random) => settings.LeastPeriodPx + (settings.MostPeriodPx - settings.LeastPeriodPx) * random.NextDouble();

    public static Lattice Draw(SpecimenSettings settings, Random random) => Draw(settings, random, Period(settings, random));

    /// <summary>Square, oblong or hexagonal, in any orientation.</summary>
    public static Lattice Draw(SpecimenSettings settings, Random random, double period)
    {
        double angle = 2 * Math.PI * random.NextDouble();
        (double between, double ratio) = random.Next(3) switch { 0 => (90, 1), 1 => (90, 1 + 0.6 * random.NextDouble()), _ => (60.0, 1.0) };
        double other = angle + between * Math.PI / 180;
        return new Lattice(
            (period * Math.Cos(angle), period * Math.Sin(angle)),
            (ratio * period * Math.Cos(other), ratio * period * Math.Sin(other)),
            (random.NextDouble() * settings.Width, random.NextDouble() * settings.Height),
            period * (0.14 + 0.12 * random.NextDouble()),
            0.6 + 0.6 * random.NextDouble(),
            random.Next(2) == 0 ? 0 : 0.2 + 0.5 * random.NextDouble(),
            random.Next(2) == 0 ? 0 : 0.05 * random.NextDouble(),
            random.Next());
    }

    /// <summary>The atoms in the field and a little around it.</summary>
    public IEnumerable<LatticeAtom> Atoms(int width, int height)
    {
        var random = new Random(Seed);
        double shortest = Math.Min(Math.Sqrt(A.X * A.X + A.Y * A.Y), Math.Sqrt(B.X * B.X + B.Y * B.Y));
        int reach = (int)Math.Ceiling(2 * Math.Sqrt((double)width * width + (double)height * height) / shortest);
        for (int i = -reach; i <= reach; i++)
        {
            for (int j = -reach; j <= reach; j++)
            {
                for (int site = 0; site < 2; site++)
                {
                    double brightness = site == 0 ? First : Second;
                    double x = Origin.X + (i + 0.5 * site) * A.X + (j + 0.5 * site) * B.X, y = Origin.Y + (i + 0.5 * site) * A.Y + (j + 0.5 * site) * B.Y;
                    if (brightness == 0 || x < -8 || y < -8 || x > width + 8 || y > height + 8 || random.NextDouble() < Vacancies)
                        continue;
                    yield return new LatticeAtom(x, y, brightness);
                }
            }
        }
    }
}
