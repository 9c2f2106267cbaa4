using System.Globalization;
using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Evaluation;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Images;
using Spectre.Console;

namespace Bridge.AgentHost.Demo;

/// <summary>Partial scans through a real host, led by the best policy that it has and by a spiral, beside each other.</summary>
internal static class ScanShow
{
    private const string Session = "demo-scan";

    /// <summary>One path, mean of all images.</summary>
    private sealed record Figures(string Policy, string Method, double Coverage, ImageQuality Mean, double ScanMs, double WaitUs);

    /// <summary>Scans every image twice and draws the sheet: a row for each scan, the best policy first.</summary>
    /// <param name="sheetFile">Where the sheet goes.</param>
    /// <returns>True if every scan was done and its image came back.</returns>
    /// <exception cref="ContractException">The host refuses or does not answer, or the sheet cannot be written.</exception>
    public static bool Play(BridgeClient client, IReadOnlyList<ScanImage> images, ScanControllerSettings settings, int seed, string sheetFile, IAnsiConsole console)
    {
        (int width, int height) = (images[0].Width, images[0].Height);
        var sheet = new PictureSheet(width, height);
        var runs = new Dictionary<string, List<(ScanRun Run, ImageQuality Quality)>>();
        foreach ((ScanImage image, int number) in images.Select((image, number) => (image, number)))
        {
            foreach (string? policy in (string?[])[null, ScanPolicies.Spiral])
            {
                var controller = new ScanController(image.Values, width, height, settings, seed + number);
                ScanRun run = controller.Run(client, new BeginScanRequest(Session, width, height) { Policy = policy, Seed = seed + number });
                if (number == 0 && run.Warning is { } warning)
                    console.WriteLine($"The host says: {warning}.");
                float[] scaled = [.. run.Completed.Image.Select(value => (value - image.Offset) / image.HalfRange)];
                if (!runs.TryGetValue(run.Policy, out List<(ScanRun, ImageQuality)>? list))
                    runs[run.Policy] = list = [];
                list.Add((run, ImageQuality.Of(scaled, image.Target, width, height)));
                sheet.Add(image, run.Scan, run.Completed);
                if (run.Policy == ScanPolicies.Spiral)
                    break;  // there is nothing to set beside it
            }
        }
        if (client.Ask(new CloseSessionRequest(Session), TimeSpan.FromSeconds(10)) is not SessionClosedReply)
            throw new ContractException(FaultCode.DeadlineExceeded, "the host did not close the session");
        Figures[] figures = [.. runs.Select(path => Sum(path.Key, path.Value))];
        Print(console, figures, FullScanMs(width, height, settings));
        try
        {
            PngWriter.Write(sheetFile, sheet.Draw());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write {sheetFile}: {e.Message}", e);
        }
        console.WriteLine($"{sheetFile}: a row for each scan ({string.Join(", ", figures.Select(path => path.Policy))}{(images.Count > 1 ? ", …" : "")}): partial scan, completion, truth, error, uncertainty.");
        return runs.Values.SelectMany(list => list).All(item => item.Run.Scan.Segments.Count == item.Run.Scan.Geometry.Segments && Array.TrueForAll(item.Run.Completed.Image, float.IsFinite));
    }

    private static Figures Sum(string policy, List<(ScanRun Run, ImageQuality Quality)> runs) => new(
        policy,
        runs[0].Run.Method,
        runs.Average(item => item.Run.Mask.Count(value => value != 0) / (double)item.Run.Mask.Length),
        new ImageQuality(runs.Average(item => item.Quality.Mse), runs.Average(item => item.Quality.PsnrDb), runs.Average(item => item.Quality.Ssim)),
        runs.Average(item => item.Run.ScanUs) / 1000,
        runs.Average(item => item.Run.WaitUs / item.Run.Scan.Segments.Count));

    private static double FullScanMs(int width, int height, ScanControllerSettings settings) => height * (width * settings.DwellUs + settings.FlybackUs) / 1000;

    private static void Print(IAnsiConsole console, Figures[] figures, double fullMs)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("path", "completed by");
        foreach (string heading in (string[])["pixels read", "MSE", "PSNR, dB", "SSIM", "scan, ms", "beam waits, µs a segment"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (Figures f in figures)
            table.AddRow(f.Policy, f.Method, Text($"{100 * f.Coverage:0.0} %"), Text($"{f.Mean.Mse:0.0000}"), Text($"{f.Mean.PsnrDb:0.0}"), Text($"{f.Mean.Ssim:0.000}"), Text($"{f.ScanMs:0.0}"), Text($"{f.WaitUs:0}"));
        console.Write(table);
        console.WriteLine(Text($"A whole raster scan would take {fullMs:0} ms."));
        if (figures.Length > 1)
            console.WriteLine(Text($"The error of {figures[0].Policy} is {100 * figures[0].Mean.Mse / figures[^1].Mean.Mse:0} % of that of {figures[^1].Policy}."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
