using System.Globalization;
using System.Security;
using System.Text;

namespace Bridge.Agents.Planning.Pictures;

/// <summary>A picture as SVG 1.1, as much of it as the planners' pictures need. Lengths in pixels, the origin at the top left.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    public Svg(double width, double height, string title)
    {
        _text.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} {height:0}\" font-family=\"sans-serif\" font-size=\"13\">\n"));
        _text.Append(Invariant($"<title>{Escape(title)}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"));
    }

    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1)
        => _text.Append(Invariant($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{colour}\" stroke-width=\"{width:0.##}\" stroke-linecap=\"round\"/>\n"));

    public void Polyline(IEnumerable<(double X, double Y)> points, string colour, double width, string dashes = "none")
        => _text.Append(Invariant($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width:0.##}\" stroke-dasharray=\"{dashes}\" points=\"{string.Join(' ', points.Select(point => Invariant($"{point.X:0.#},{point.Y:0.#}")))}\"/>\n"));

    public void Frame(Box box, string fill, string outline)
        => _text.Append(Invariant($"<rect x=\"{box.Left:0.#}\" y=\"{box.Top:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" fill=\"{fill}\" stroke=\"{outline}\"/>\n"));

    public void Dot(double x, double y, double radius, string fill, string outline = "none")
        => _text.Append(Invariant($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.##}\" fill=\"{fill}\" stroke=\"{outline}\"/>\n"));

    /// <param name="anchor">start, middle or end: which part of the text is at x.</param>
    public void Text(double x, double y, string text, string anchor = "start", string colour = "black", double turnDegrees = 0)
        => _text.Append(Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{colour}\" transform=\"rotate({turnDegrees:0} {x:0.#} {y:0.#})\">{Escape(text)}</text>\n"));

    /// <summary>The whole document.</summary>
    public override string ToString() => _text + "</svg>\n";

    /// <summary>Names come from other people's files: markup in them is text, and what XML 1.0 forbids is left out.</summary>
    private static string Escape(string text) => SecurityElement.Escape(new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c < '\uFFFE')]));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
