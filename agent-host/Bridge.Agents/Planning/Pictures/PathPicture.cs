using System.Globalization;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Pictures;

/// <summary>The path of one run over the grid: the further a move goes up the levels, the wider its line (as CryoRL's Figure 3). Boxes are grid-level images,
/// boxes in them squares; not to scale.</summary>
public static class PathPicture
{
    private const double Size = 900, Margin = 24, Top = 40, LegendHeight = 40;

    private static readonly (string Colour, double Width, string Name)[] Moves =
    [
        ("#555555", 0.8, "same patch"), ("#0072B2", 1.5, "same square"), ("#E69F00", 2.5, "same grid-level image"), ("#CC79A7", 4, "other grid-level image"),
    ];

    private static readonly (string Fill, double Radius, string Name)[] Dots =
    [
        ("#8FCFB0", 1.8, "good, not visited"), ("#D0D0D0", 1.8, "not good, not visited"), ("#007A55", 2.6, "good, visited"), ("#D55E00", 2.6, "not good, visited"),
    ];

    /// <returns>An SVG document.</returns>
    public static string Draw(MeasuredGrid truth, RunResult run, string title)
    {
        Grid grid = truth.Grid;
        var svg = new Svg(Size, Size + Top + LegendHeight, title);
        svg.Text(Size / 2, 24, title, "middle");
        var at = new SchematicLayout(grid, new Box(Margin, Top, Size - 2 * Margin, Size - 2 * Margin));
        foreach (Box image in at.GridImages)
            svg.Frame(image, "#F4F4F4", "#BBBBBB");
        foreach (Box square in at.Squares)
            svg.Frame(square, "white", "#DDDDDD");
        bool[] visited = new bool[grid.Holes.Count];
        foreach (RunVisit visit in run.Visits)
            visited[visit.Hole] = true;
        for (int hole = 0; hole < visited.Length; hole++)
        {
            if (!visited[hole])
                Dot(hole, CollectionState.IsGood(truth.CtfA[hole]) ? 0 : 1);
        }
        int last = run.FirstHole;
        foreach (RunVisit visit in run.Visits)
        {
            (string colour, double width, _) = Moves[(int)grid.LevelBetween(grid.Holes[last].Patch, grid.Holes[visit.Hole].Patch)];
            svg.Line(at[last].X, at[last].Y, at[visit.Hole].X, at[visit.Hole].Y, colour, width);
            last = visit.Hole;
        }
        foreach (RunVisit visit in run.Visits)
            Dot(visit.Hole, visit.Good ? 2 : 3);
        svg.Dot(at[run.FirstHole].X, at[run.FirstHole].Y, 8, "none", "black");
        DrawLegend(svg);
        return svg.ToString();

        void Dot(int hole, int kind) => svg.Dot(at[hole].X, at[hole].Y, Dots[kind].Radius, Dots[kind].Fill);
    }

    /// <summary>A heading for <see cref="Draw"/>.</summary>
    public static string Title(string planner, RunResult run) => string.Create(CultureInfo.InvariantCulture,
        $"{planner}: {run.Good} good of {run.Visits.Count} holes in {(run.Visits.Count == 0 ? 0 : run.Visits[^1].Minute):0.#} min; the ring is the first hole");

    private static void DrawLegend(Svg svg)
    {
        for (int i = 0; i < Moves.Length; i++)
        {
            double x = Margin + i * (Size - 2 * Margin) / Moves.Length, y = Size - Margin + Top + 8;
            svg.Line(x, y, x + 24, y, Moves[i].Colour, Moves[i].Width);
            svg.Text(x + 32, y + 4, Moves[i].Name);
            svg.Dot(x + 12, y + 28, 2 * Dots[i].Radius, Dots[i].Fill);
            svg.Text(x + 32, y + 32, Dots[i].Name);
        }
    }
}
