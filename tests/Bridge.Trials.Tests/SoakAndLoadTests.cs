using Bridge.Testing;
using Bridge.Trials.Loading;
using Bridge.Trials.Soaking;

namespace Bridge.Trials.Tests;

/// <summary>Seconds of what <c>bridge-trials soak</c> and <c>load</c> do for minutes. Times and memory are not judged here: the machine may be busy.</summary>
[TestClass]
public sealed class SoakAndLoadTests
{
    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public void Soak_AFewSessionsWithRestarts_LosesNothing()
    {
        using var soak = new Soak(new SoakSettings(Suggestions: 1500, Sessions: 16, Holes: 150, Restarts: 2, Sleepers: 2, Seed: 1), new Progress<double>(), CancellationToken.None);

        soak.Run();

        Assert.IsEmpty(soak.Losses, string.Join('\n', soak.Losses));
        Assert.IsTrue(soak.Suggestions >= 1500 && soak.SessionsClosed >= 16 && soak.Restarts == 2, $"{soak.Suggestions} suggestions, {soak.SessionsClosed} closed, {soak.Restarts} restarts");
        Assert.IsTrue(soak.Trends.Single(trend => trend.What.StartsWith("host: handles", StringComparison.Ordinal)).Mean > 10);
        StringAssert.Contains(SeriesPicture.Draw(soak.Series, "soak"), "</svg>");
    }

    [TestMethod]
    public void Trend_SamplesOnALine_GrowsByTheLine()
    {
        Sample[] samples = [.. Enumerable.Range(0, 11).Select(i => new Sample(i, i * 100, 50 + 3 * i, 0, 0, 0, 0, 0, 0))];

        var trend = Trend.Of("memory", samples, sample => sample.HostMb, share: 0.1, atLeast: 10);

        Assert.AreEqual(30, trend.Growth, 1e-9);
        Assert.AreEqual(65, trend.Mean, 1e-9);
        Assert.IsFalse(trend.IsBounded);
    }

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public void Load_MoreThanSessionsTake_IsAnsweredWithAWord()
    {
        using var folder = new TempFolder();
        var load = new Load(new LoadSettings(Sessions: 4, Holes: 500, Rates: [50], Seconds: 1, "rate", Burst: 1000, folder.Path, Seed: 1), new Progress<double>(), CancellationToken.None);

        load.Run();

        Assert.HasCount(4, load.Steps);
        Assert.IsTrue(load.Steps.All(step => step.Unanswered == 0), string.Join('\n', load.Steps.Select(step => $"{step.What}: {step.Unanswered} unanswered")));
        Assert.AreEqual(4000, load.Steps[^1].Requests);
        Assert.IsEmpty(load.Losses);
    }
}
