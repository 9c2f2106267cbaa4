using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Completion;

namespace Bridge.AgentHost.Demo;

/// <summary>One partial scan as the controller saw it.</summary>
/// <param name="Policy">Who chose the segments.</param>
/// <param name="Warning">What the host said about it, or null.</param>
/// <param name="Scan">Segments and values.</param>
/// <param name="Completed">What the host made of them.</param>
/// <param name="Mask">(height, width): 1 where something was read, as the host says.</param>
/// <param name="Method">How the host completed it.</param>
/// <param name="File">Where the host wrote it, or null.</param>
/// <param name="ScanUs">Simulated time at positions and in flyback, µs.</param>
/// <param name="WaitUs">Measured time for which the beam stood still because the next segment was not known, µs.</param>
public sealed record ScanRun(string Policy, string? Warning, PartialScan Scan, CompletedScan Completed, byte[] Mask, string Method, string? File, double ScanUs, double WaitUs);
