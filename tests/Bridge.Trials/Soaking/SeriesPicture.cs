using System.Globalization;
using Bridge.Agents.Planning.Pictures;

namespace Bridge.Trials.Soaking;

/// <summary>The samples of a soak over its exchanges, a panel for each quantity; what is judged is marked.</summary>
internal static class SeriesPicture
{
    private const double Width = 900, PanelHeight = 120, Left = 90, Right = 20, Top = 40, Gap = 26;

    /// <returns>An SVG document.</returns>
    public static string Draw(IReadOnlyList<Sample> samples, string title)
    {
        (string Name, Func<Sample, double> Value, string Colour)[] panels =
        [
            ("host: resident, MiB", sample => sample.HostMb, "#0072B2"),
            ("host: objects, MiB", sample => sample.HeapMb, "#56B4E9"),
            ("host: handles", sample => sample.Handles, "#D55E00"),
            ("host: threads", sample => sample.Threads, "#E69F00"),
            ("journals, MiB", sample => sample.JournalMb, "#009E73"),
            ("logs, kB", sample => sample.LogKb, "#7F7F7F"),
            ("clients: resident, MiB", sample => sample.ClientMb, "#CC79A7"),
        ];
        double height = Top + panels.Length * (PanelHeight + Gap) + 30;
        var svg = new Svg(Width, height, title);
        svg.Text(Width / 2, Top / 2, title, "middle");
        double most = Math.Max(1, samples[^1].Exchanges);
        for (int panel = 0; panel < panels.Length; panel++)
        {
            double top = Top + panel * (PanelHeight + Gap), highest = Math.Max(1e-9, samples.Max(panels[panel].Value));
            double X(Sample sample) => Left + sample.Exchanges / most * (Width - Left - Right);
            double Y(Sample sample) => top + PanelHeight - panels[panel].Value(sample) / highest * (PanelHeight - 18);
            double judged = X(samples[Math.Min(samples.Count - 1, samples.Count / 2 + samples.Count / 10)]);
            svg.Frame(new Box(judged, top, Width - Right - judged, PanelHeight), "#F4F4F4", "none");
            svg.Line(Left, top + PanelHeight, Width - Right, top + PanelHeight, "black");
            svg.Line(Left, top, Left, top + PanelHeight, "black");
            svg.Polyline(samples.Select(sample => (X(sample), Y(sample))), panels[panel].Colour, 1.8);
            svg.Text(Left + 8, top + 13, panels[panel].Name, colour: panels[panel].Colour);
            svg.Text(Left - 6, top + 22, highest.ToString("0.#", CultureInfo.InvariantCulture), "end");
            svg.Text(Left - 6, top + PanelHeight, "0", "end");
        }
        svg.Text(Width - Right, height - 14, string.Create(CultureInfo.InvariantCulture, $"exchanges, {samples[^1].Exchanges} in {samples[^1].Seconds:0} s; grey: one life of the host, judged"), "end");
        return svg.ToString();
    }
}
