using System.Globalization;
using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Planning.Pictures;

namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>Success of test episodes against steps of learning (as the paper's figure 2).</summary>
public static class LearningPicture
{
    private const double Width = 760, Height = 420, Left = 64, Right = 24, Top = 40, Bottom = 56;

    /// <param name="tests">One or more.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(IReadOnlyList<SacTest> tests, string title)
    {
        double most = tests[^1].Step;
        var svg = new Svg(Width, Height, title);
        svg.Text(Width / 2, Top / 2, title, "middle");
        for (int tick = 0; tick <= 4; tick++)
        {
            svg.Line(X(0), Y(tick / 4.0), X(1), Y(tick / 4.0), "#DDDDDD");
            svg.Text(X(0) - 8, Y(tick / 4.0) + 4, Text($"{25 * tick} %"), "end");
            svg.Text(X(tick / 4.0), Y(0) + 20, Text($"{most * tick / 4:0}"), "middle");
        }
        svg.Line(X(0), Y(0), X(1), Y(0), "black");
        svg.Line(X(0), Y(0), X(0), Y(1), "black");
        svg.Text((X(0) + X(1)) / 2, Height - 12, "steps of learning", "middle");
        svg.Polyline(tests.Select(test => (X(test.Step / most), Y(test.Success))), "#0072B2", 2);
        foreach (SacTest test in tests)
            svg.Dot(X(test.Step / most), Y(test.Success), 2.5, "#0072B2");
        return svg.ToString();
    }

    private static double X(double fraction) => Left + fraction * (Width - Left - Right);

    private static double Y(double fraction) => Height - Bottom - fraction * (Height - Top - Bottom);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
