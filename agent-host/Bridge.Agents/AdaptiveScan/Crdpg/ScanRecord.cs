using Bridge.Agents.AdaptiveScan.Training;

namespace Bridge.Agents.AdaptiveScan.Crdpg;

/// <summary>A complete history h_T = (a_0, o_1, ..., a_(T-1), o_T).</summary>
/// <param name="History">The scan, for the generator.</param>
/// <param name="Steps">(T, <see cref="ScanView.Width"/>): what actor and critic see after each segment: the observation, the action that led to it, the place where it ended.</param>
/// <param name="Actions">(T, 2): a_0 to a_(T-1), vectors of length 1.</param>
/// <param name="OverEdge">(T): E of each action.</param>
internal sealed record ScanRecord(ScanHistory History, float[] Steps, float[] Actions, float[] OverEdge);
