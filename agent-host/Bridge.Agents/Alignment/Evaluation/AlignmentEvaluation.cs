using Bridge.Agents.Alignment.FirstSight;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>Plays policies on the same random responses, and counts for all of them, by flip, by rotation and by scale.</summary>
public sealed class AlignmentEvaluation
{
    /// <summary>Name of the simulated microscope.</summary>
    public const string Environment = "truthful";

    private static readonly (string Name, Func<DiffractionAlignment, bool> Holds)[] Parts =
    [
        ("", _ => true),
        ("/unflipped", microscope => !microscope.IsFlipped),
        ("/flipped", microscope => microscope.IsFlipped),
        ("/rotation 0-90", microscope => QuarterOf(microscope) == 0),
        ("/rotation 90-180", microscope => QuarterOf(microscope) == 1),
        ("/rotation 180-270", microscope => QuarterOf(microscope) == 2),
        ("/rotation 270-360", microscope => QuarterOf(microscope) == 3),
        ("/scale 0.25-0.5", microscope => microscope.Scale < 0.5),
        ("/scale 0.5-1", microscope => microscope.Scale is >= 0.5 and < 1),
        ("/scale 1-2", microscope => microscope.Scale is >= 1 and < 2),
        ("/scale 2-4", microscope => microscope.Scale >= 2),
    ];

    public DiffractionAlignmentSettings Microscope { get; init; } = new();

    /// <summary>Name of the environment in the scores.</summary>
    public string Name { get; init; } = Environment;

    /// <summary>Also score parts of the episodes: by flip, rotation and scale.</summary>
    public bool ByPart { get; init; } = true;

    public int Seed { get; init; }

    /// <summary>Weights for <c>first-sight</c>; null takes those that came with the program.</summary>
    public FirstSightModel? FirstSight { get; init; }

    /// <summary>What each alignment may do; the goal is each episode's own. The weakest response needs a shift of up to 73 units.</summary>
    public AlignmentSettings Settings { get; init; } = new(default, MaxShift: 80) { Tolerance = 1, MaxSteps = 30, MaxStep = 4, FirstShift = 1 };

    /// <summary>The same evaluation with another microscope, all episodes together.</summary>
    /// <param name="name">Of the microscope, for the scores.</param>
    public AlignmentEvaluation With(string name, DiffractionAlignmentSettings microscope)
        => new() { Microscope = microscope, Name = $"{Environment}, {name}", ByPart = false, Seed = Seed, FirstSight = FirstSight, Settings = Settings };

    /// <param name="policies">Names.</param>
    /// <param name="progress">Told 0 to 1.</param>
    /// <exception cref="Contracts.ContractException">No policy of a name.</exception>
    public IReadOnlyList<AlignmentScore> Run(IReadOnlyList<string> policies, int episodes, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var scores = new List<AlignmentScore>();
        int parts = ByPart ? Parts.Length : 1;
        foreach (string policy in policies)
        {
            var played = new List<(DiffractionAlignment Microscope, AlignmentEpisode Episode)>(episodes);
            for (int i = 0; i < episodes; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // The same microscopes for every policy, and others for every seed.
                var microscope = new DiffractionAlignment(Microscope, HashCode(Seed, i));
                AlignmentSettings settings = Settings with { Goal = microscope.Goal };
                played.Add((microscope, AlignmentEpisode.Play(microscope, AlignmentPolicies.Create(policy, settings, microscope.Response, FirstSight), settings, Microscope.MeasuringPx)));
                progress?.Report((scores.Count / (double)parts + (i + 1.0) / episodes) / policies.Count);
            }
            foreach ((string name, Func<DiffractionAlignment, bool> holds) in Parts.Take(parts))
                scores.Add(ScoreOf(Name + name, policy, [.. played.Where(one => holds(one.Microscope)).Select(one => one.Episode)]));
        }
        return scores;
    }

    /// <summary>The ways of the first beams under one policy, as an SVG document.</summary>
    /// <exception cref="Contracts.ContractException">No policy of that name.</exception>
    public string Draw(string policy, int beams)
    {
        var paths = new List<(IReadOnlyList<Xy>, Xy)>();
        for (int i = 0; i < beams; i++)
        {
            var microscope = new DiffractionAlignment(Microscope, HashCode(Seed, i));
            AlignmentSettings settings = Settings with { Goal = microscope.Goal };
            var seen = new List<Xy> { microscope.Beam };
            AlignmentEpisode.Play(microscope, AlignmentPolicies.Create(policy, settings, microscope.Response, FirstSight), settings, Microscope.MeasuringPx, seen.Add);
            paths.Add((seen, settings.Goal));
        }
        return PathsPicture.Draw(paths, Microscope.CameraPx, $"{policy}: {beams} beams, each with a response of its own");
    }

    internal static AlignmentScore ScoreOf(string environment, string policy, List<AlignmentEpisode> episodes)
    {
        List<AlignmentEpisode> aligned = episodes.FindAll(episode => episode.IsAligned);
        return new AlignmentScore(
            environment,
            policy,
            episodes.Count,
            episodes.Count == 0 ? double.NaN : aligned.Count / (double)episodes.Count,
            aligned.Count == 0 ? double.NaN : aligned.Average(episode => episode.Steps),
            aligned.Count == 0 ? double.NaN : aligned.Average(episode => episode.Pictures),
            aligned.Count == 0 ? double.NaN : Math.Sqrt(aligned.Average(episode => episode.ErrorPx * episode.ErrorPx)));
    }

    private static int QuarterOf(DiffractionAlignment microscope) => (int)(microscope.RotationRad / (Math.PI / 2));

    // The same in every process, unlike System.HashCode.
    private static int HashCode(int seed, int episode) => unchecked((int)(((uint)seed * 2654435761u) ^ ((uint)episode * 2246822519u + 374761393u)));
}
