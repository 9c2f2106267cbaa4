using System.Diagnostics;
using Bridge.StandIn.Plugins;

namespace Bridge.StandIn.Tests.Plugins;

[TestClass]
public sealed class CallTimesTests
{
    [TestMethod]
    public void WriteTo_CallsNoted_TellsEachFunctionsOwn()
    {
        var times = new CallTimes();
        long now = Stopwatch.GetTimestamp();
        times.Note("Slow", now - 60 * Stopwatch.Frequency);
        for (int i = 0; i < 99; i++)
            times.Note("Slow", now - 10 * Stopwatch.Frequency);
        times.Note("Once", now);
        using var output = new StringWriter();

        times.WriteTo(output);

        string[][] lines = [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        CollectionAssert.AreEqual(new[] { "ms", "Slow", "Once" }, lines.Select(line => line[0]).ToArray());
        CollectionAssert.AreEqual(new[] { "100", "1" }, lines[1..].Select(line => line[1]).ToArray());
        double[] slow = [.. lines[1][2..].Select(text => Math.Floor(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) / 10_000))];
        CollectionAssert.AreEqual(new double[] { 6, 1, 6, 6 }, slow);  // first, p50, p99, worst, in tens of seconds
    }
}
