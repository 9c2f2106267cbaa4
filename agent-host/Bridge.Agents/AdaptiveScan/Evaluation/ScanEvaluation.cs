using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.AdaptiveScan.Evaluation;

/// <summary>Scans images along paths of equal coverage, completes them, and compares with their targets.</summary>
public sealed class ScanEvaluation(IReadOnlyList<ScanImage> images)
{
    /// <summary>Subsets of the images beside their groups.</summary>
    public const string All = "all", Part = "part", Whole = "whole";

    /// <summary>Positions as a fraction of the pixels.</summary>
    public double Coverage { get; init; } = Training.ScanTraining.DefaultCoverage;

    public int Positions { get; init; } = Training.ScanTraining.DefaultPositions;

    public int Seed { get; init; }

    /// <summary>One path with some models.</summary>
    /// <param name="models">For each: the generator, and the error model that leads adaptive paths.</param>
    /// <returns>All images, those with structure in part and in the whole, then each group.</returns>
    public IReadOnlyList<ScanScore> Run(string path, IReadOnlyList<(ScanCompletion Completion, Adaptive.IErrorModel Errors)> models, CancellationToken cancellationToken = default)
    {
        var qualities = new ImageQuality[models.Count][];
        for (int m = 0; m < models.Count; m++)
        {
            qualities[m] = new ImageQuality[images.Count];
            for (int i = 0; i < images.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                qualities[m][i] = Complete(path, i, models[m].Completion, models[m].Errors).Quality;
            }
        }
        var scores = new List<ScanScore>();
        AddScore(All, _ => true);
        AddScore(Part, image => image.IsInPart);
        AddScore(Whole, image => !image.IsInPart);
        foreach (string group in images.Select(image => image.Group).Distinct().Order(StringComparer.Ordinal))
            AddScore(group, image => image.Group == group);
        return scores;

        void AddScore(string name, Func<ScanImage, bool> belongs)
        {
            int[] chosen = [.. Enumerable.Range(0, images.Count).Where(i => belongs(images[i]))];
            if (chosen.Length == 0)
                return;
            double[] values = models.Count > 1
                ? [.. qualities.Select(model => chosen.Average(i => model[i].Mse))]
                : [.. chosen.Select(i => qualities[0][i].Mse)];
            double mean = values.Average();
            double error = values.Length > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length) : double.NaN;
            scores.Add(new ScanScore(path, name, chosen.Length, mean, error,
                qualities.Average(model => chosen.Average(i => model[i].PsnrDb)), qualities.Average(model => chosen.Average(i => model[i].Ssim)), models.Count));
        }
    }

    /// <summary>Scans and completes one image.</summary>
    /// <returns>The scan, its completion, and how like its target it is.</returns>
    public (PartialScan Scan, CompletedScan Completed, ImageQuality Quality) Complete(string path, int image, ScanCompletion completion, Adaptive.IErrorModel errors)
    {
        ScanImage truth = images[image];
        ScanGeometry geometry = ScanPolicies.FrameOf(path, ScanGeometry.For(truth.Width, truth.Height, Coverage, Positions));
        PartialScan scan = ScanEpisode.Run(ScanPolicies.Create(path, geometry, Seed + image, errors), geometry, truth);
        CompletedScan completed = completion.Complete(scan);
        float[] scaled = [.. completed.Image.Select(value => (value - truth.Offset) / truth.HalfRange)];
        return (scan, completed, ImageQuality.Of(scaled, truth.Target, truth.Width, truth.Height));
    }
}
