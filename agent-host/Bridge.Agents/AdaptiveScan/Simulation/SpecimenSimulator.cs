using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>Draws dark-field STEM images of specimens that do not exist: brightness is a film and atoms upon it, counted with Poisson noise.</summary>
public static class SpecimenSimulator
{
    /// <summary>Group of simulated images.</summary>
    public const string Group = "simulated";

    private static readonly SpecimenKind[] Kinds = Enum.GetValues<SpecimenKind>();

    /// <summary>One image of any kind.</summary>
    public static ScanImage Draw(SpecimenSettings settings, Random random) => Draw(Kinds[random.Next(Kinds.Length)], settings, random);

    /// <summary>One image.</summary>
    public static ScanImage Draw(SpecimenKind kind, SpecimenSettings settings, Random random)
    {
        var canvas = new SpecimenCanvas(settings.Width, settings.Height);
        float[] film = Amorphous.Draw(settings.Width, settings.Height, correlationPx: 1 + 2 * random.NextDouble(), random);
        double filmLevel = 0.15 + 0.5 * random.NextDouble(), texture = 0.02 + 0.1 * random.NextDouble();
        switch (kind)
        {
            case SpecimenKind.Crystal:
                canvas.Add(Lattice.Draw(settings, random), _ => 1);
                break;
            case SpecimenKind.Grains:
                DrawGrains(canvas, settings, random);
                break;
            case SpecimenKind.SingleAtoms:
                AddAtoms(canvas, 8 + random.Next(40), 1.2 + 1.5 * random.NextDouble(), random);
                break;
            case SpecimenKind.Particles:
                AddParticles(canvas, 5 + random.Next(8), group: false, settings, random);
                break;
            case SpecimenKind.ParticleGroup:
                AddParticles(canvas, 1 + random.Next(4), group: true, settings, random);
                break;
            case SpecimenKind.Edge:
                Region behind = Region.HalfPlane(settings.Width, settings.Height, random);
                canvas.Add(Lattice.Draw(settings, random), behind.Inside);
                if (random.Next(2) == 0)
                    filmLevel = texture = 0.01; // vacuum
                canvas.Fill(0.2 + 0.4 * random.NextDouble(), behind.Inside);
                break;
            case SpecimenKind.OneGrain:
                Region grain = random.Next(2) == 0 ? Region.HalfPlane(settings.Width, settings.Height, random) : Region.Disk(settings.Width, settings.Height, 0.2 + 0.15 * random.NextDouble(), random);
                canvas.Add(Lattice.Draw(settings, random), grain.Inside);
                filmLevel += 0.2;
                break;
            case SpecimenKind.Hole:
                Region hole = Region.Disk(settings.Width, settings.Height, 0.25 + 0.2 * random.NextDouble(), random);
                canvas.Add(Lattice.Draw(settings, random), at => 1 - hole.Inside(at));
                canvas.Fill(0.3, at => 1 - hole.Inside(at));
                filmLevel = texture = 0.01;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such specimen");
        }
        double counts = settings.LeastCounts * Math.Pow(settings.MostCounts / settings.LeastCounts, random.NextDouble());
        return new ScanImage(canvas.Count(film, filmLevel, texture, counts, random), settings.Width, settings.Height, Group);
    }

    private static void DrawGrains(SpecimenCanvas canvas, SpecimenSettings settings, Random random)
    {
        Region first = Region.HalfPlane(settings.Width, settings.Height, random);
        double period = Lattice.Period(settings, random);
        canvas.Add(Lattice.Draw(settings, random, period), first.Inside);
        Lattice second = Lattice.Draw(settings, random, period);
        if (random.Next(2) == 0)
        {
            canvas.Add(second, at => 1 - first.Inside(at));
            return;
        }
        Region other = Region.HalfPlane(settings.Width, settings.Height, random);
        canvas.Add(second, at => (1 - first.Inside(at)) * other.Inside(at));
        canvas.Add(Lattice.Draw(settings, random, period), at => (1 - first.Inside(at)) * (1 - other.Inside(at)));
    }

    private static void AddAtoms(SpecimenCanvas canvas, int count, double sigma, Random random)
    {
        for (int i = 0; i < count; i++)
            canvas.AddAtom(random.NextDouble() * canvas.Width, random.NextDouble() * canvas.Height, sigma, 0.5 + 0.8 * random.NextDouble());
    }

    private static void AddParticles(SpecimenCanvas canvas, int count, bool group, SpecimenSettings settings, Random random)
    {
        int size = Math.Min(canvas.Width, canvas.Height);
        double middleX = random.NextDouble() * canvas.Width, middleY = random.NextDouble() * canvas.Height;
        bool columns = random.Next(3) > 0;
        for (int i = 0; i < count; i++)
        {
            double spread = size * 0.2;
            double x = group ? middleX + spread * (2 * random.NextDouble() - 1) : random.NextDouble() * canvas.Width;
            double y = group ? middleY + spread * (2 * random.NextDouble() - 1) : random.NextDouble() * canvas.Height;
            Region disk = Region.DiskAt(x, y, size * (0.05 + 0.12 * random.NextDouble()), random);
            canvas.Fill(0.2 + 0.8 * random.NextDouble(), disk.Inside);
            if (columns)
                canvas.Add(Lattice.Draw(settings, random), disk.Inside);
        }
    }
}
