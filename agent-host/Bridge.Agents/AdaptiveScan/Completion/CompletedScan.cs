namespace Bridge.Agents.AdaptiveScan.Completion;

/// <summary>A completed image, in the detector's unit.</summary>
/// <param name="Image">(height, width), row-major.</param>
/// <param name="Uncertainty">(height, width): the expected error (root of the expected mean square) of each pixel, smooth over cells of 4 x 4 pixels.</param>
public sealed record CompletedScan(float[] Image, float[] Uncertainty);
