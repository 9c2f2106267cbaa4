using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL.Learning;

/// <summary>States and transitions that differ only in their numbers.</summary>
internal static class Rows
{
    /// <summary>The candidates of a small grid after the first hole.</summary>
    public static StateRows State(string patches = "g/s/a: 0.1 0.9|g/t/b: 0.9 0.1")
    {
        Grid grid = Make.Grid(patches.Split('|')).Grid;
        var candidates = new Candidates(grid);
        candidates.Find(Make.At(grid, 0, 100), PatchElimination.None(grid));
        return new StateRows(candidates);
    }

    public static Transition Transition(float sum, float discount = 0.9f, int row = 0) => new(State(), row, sum, State(), discount);
}
