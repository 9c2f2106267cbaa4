using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.StandIn.Microscope;

/// <summary>The grid in the microscope and its truth: which hole is under the beam, what a micrograph of it is worth.</summary>
/// <param name="truth">Grid and measured values.</param>
internal sealed class Specimen(MeasuredGrid truth)
{
    /// <summary>A stage within this distance of a hole's centre is at the hole, in µm.</summary>
    public const double HoleRadiusUm = 0.6;

    public Grid Grid => truth.Grid;

    /// <summary>Position in the grid's holes of the hole at a stage position, or -1.</summary>
    public int HoleAt(StageUm stage)
    {
        Hole nearest = Grid.Nearest(stage);
        return nearest.Stage.DistanceTo(stage) <= HoleRadiusUm ? nearest.Index : -1;
    }

    /// <summary>CTF maximum resolution in Å of a hole.</summary>
    public double CtfA(int hole) => truth.CtfA[hole];
}
