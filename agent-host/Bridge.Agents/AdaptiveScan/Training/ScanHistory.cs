using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.AdaptiveScan.Training;

/// <summary>A finished scan and the image that it was made of.</summary>
public sealed record ScanHistory(ScanImage Image, ScanReads Reads);
