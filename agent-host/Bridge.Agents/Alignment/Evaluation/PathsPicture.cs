using Bridge.Agents.Alignment.Simulation;
using Bridge.Agents.Planning.Pictures;

namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>The ways of some beams over the camera, one colour each: start as a ring, goal as a cross.</summary>
public static class PathsPicture
{
    private const double Edge = 560, Margin = 24, Head = 36;

    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

    /// <param name="paths">Positions of each beam in px from the middle, the first being the start, and its goal.</param>
    /// <param name="cameraPx">Edge of the picture that the beams are seen in.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(IReadOnlyList<(IReadOnlyList<Xy> Beams, Xy Goal)> paths, double cameraPx, string title)
    {
        var svg = new Svg(Edge + 2 * Margin, Edge + Margin + Head, title);
        svg.Text((Edge + 2 * Margin) / 2, Head / 2, title, "middle");
        svg.Frame(new Box(Margin, Head, Edge, Edge), "#F7F7F7", "black");
        for (int i = 0; i < paths.Count; i++)
        {
            string colour = Colours[i % Colours.Length];
            (double x, double y) = At(paths[i].Goal);
            svg.Line(x - 6, y, x + 6, y, colour, 2);
            svg.Line(x, y - 6, x, y + 6, colour, 2);
            svg.Polyline(paths[i].Beams.Select(At), colour, 1.2);
            foreach (Xy beam in paths[i].Beams)
                svg.Dot(At(beam).X, At(beam).Y, 2, colour);
            svg.Dot(At(paths[i].Beams[0]).X, At(paths[i].Beams[0]).Y, 6, "none", colour);
        }
        return svg.ToString();

        (double X, double Y) At(Xy beam) => (Margin + Edge * Share(beam.X), Head + Edge * Share(beam.Y));

        double Share(double px) => Math.Clamp(px / cameraPx + 0.5, 0, 1);
    }
}
