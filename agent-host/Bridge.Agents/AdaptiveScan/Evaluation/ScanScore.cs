namespace Bridge.Agents.AdaptiveScan.Evaluation;

/// <summary>How well the scans along a path were completed, over some images.</summary>
/// <param name="Path">Name of the path.</param>
/// <param name="Images">Which: <c>all</c>, <c>part</c> (structure in a part of the field), <c>whole</c>, or a group's name.</param>
/// <param name="Count">Images.</param>
/// <param name="Mse">Mean over images and models, of squares in units of the target's -1 to 1.</param>
/// <param name="MseError">Its standard error: over models where there are several, else over images.</param>
/// <param name="PsnrDb">Mean.</param>
/// <param name="Ssim">Mean.</param>
/// <param name="Models">Generators, each trained with another seed.</param>
public sealed record ScanScore(string Path, string Images, int Count, double Mse, double MseError, double PsnrDb, double Ssim, int Models);
