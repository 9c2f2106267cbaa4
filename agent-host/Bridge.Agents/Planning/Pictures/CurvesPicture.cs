using System.Globalization;
using Bridge.Agents.Planning.Evaluation;

namespace Bridge.Agents.Planning.Pictures;

/// <summary>Good holes against minutes, the mean over all starts, one curve a planner (as CryoRL's Figure 5, in holes instead of per cent).</summary>
public static class CurvesPicture
{
    private const double Width = 860, Height = 540, Left = 64, Right = 130, Top = 44, Bottom = 56;
    private const double LabelHeight = 16;
    private const int Points = 240;

    // Okabe and Ito's colours, which people with any colour vision tell apart; the second round is dashed.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F", "#000000"];

    /// <param name="runs">Of each planner; at least one run each.</param>
    /// <param name="budgetMinutes">Where the axis ends; above 0.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(IReadOnlyList<(string Planner, IReadOnlyList<RunResult> Runs)> runs, double budgetMinutes, string title)
    {
        double[][] means = [.. runs.Select(planner => Enumerable.Range(0, Points + 1).Select(i => planner.Runs.Average(run => run.GoodAt(budgetMinutes * i / Points))).ToArray())];
        double most = Math.Max(1, means.Max(mean => mean[Points]));
        var svg = new Svg(Width, Height, title);
        svg.Text(Width / 2, Top / 2, title, "middle");
        DrawAxes(svg, budgetMinutes, most);
        double lowest = double.NegativeInfinity;
        foreach (int i in Enumerable.Range(0, runs.Count).OrderByDescending(i => means[i][Points]))
        {
            string colour = Colours[i % Colours.Length];
            svg.Polyline(means[i].Select((good, at) => (X((double)at / Points), Y(good / most))), colour, 2, i < Colours.Length ? "none" : "6 3");
            // Labels stand beside their curve's end, but never on each other.
            double y = Math.Max(Y(means[i][Points] / most), lowest + LabelHeight);
            lowest = y;
            svg.Text(X(1) + 8, y + 4, string.Create(CultureInfo.InvariantCulture, $"{runs[i].Planner} {means[i][Points]:0.0}"), "start", colour);
        }
        return svg.ToString();
    }

    private static void DrawAxes(Svg svg, double budgetMinutes, double most)
    {
        double minutesStep = TickStep(budgetMinutes), goodStep = TickStep(most);
        for (double minute = 0; minute <= budgetMinutes; minute += minutesStep)
        {
            svg.Line(X(minute / budgetMinutes), Y(0), X(minute / budgetMinutes), Y(0) + 5, "black");
            svg.Text(X(minute / budgetMinutes), Y(0) + 20, minute.ToString("0.##", CultureInfo.InvariantCulture), "middle");
        }
        for (double good = 0; good <= most; good += goodStep)
        {
            svg.Line(X(0), Y(good / most), X(1), Y(good / most), "#DDDDDD");
            svg.Text(X(0) - 8, Y(good / most) + 4, good.ToString("0.##", CultureInfo.InvariantCulture), "end");
        }
        svg.Line(X(0), Y(0), X(1), Y(0), "black");
        svg.Line(X(0), Y(0), X(0), Y(1), "black");
        svg.Text((X(0) + X(1)) / 2, Height - 12, "minutes", "middle");
        svg.Text(18, (Y(0) + Y(1)) / 2, "good holes", "middle", turnDegrees: -90);
    }

    private static double X(double fraction) => Left + fraction * (Width - Left - Right);

    private static double Y(double fraction) => Height - Bottom - fraction * (Height - Top - Bottom);

    /// <summary>1, 2 or 5 times a power of ten, so that there are about 5 to 10 of them.</summary>
    private static double TickStep(double range)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(range / 5)));
        double times = range / 5 / power;
        return power * (times < 2 ? 1 : times < 5 ? 2 : 5);
    }
}
