namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>An atomic column: its place in px.</summary>
internal readonly record struct LatticeAtom(double X, double Y, double Brightness);
