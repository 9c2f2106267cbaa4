using Bridge.AgentHost.Serving;
using Bridge.AgentHost.Tests.Support;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>A person is told when predictions mislead, and not when they are right.</summary>
[TestClass]
public sealed class PredictionRecordTests
{
    [TestMethod]
    public void Add_NineOfTenExpectedAndHalfFound_Misleads()
    {
        var record = new PredictionRecord();

        for (int i = 0; i < PredictionRecord.Least; i++)
        {
            Assert.AreEqual("", record.Sentence("rate"));
            record.Add(0.9, good: i % 2 == 0);
        }

        Assert.IsTrue(record.Misleads);
        StringAssert.Contains(record.Sentence("rate"), "27 good holes were expected among 30 measured ones, 15 are good. WARNING");
        StringAssert.Contains(record.Sentence("rate"), "mean squared error 0.41");
        StringAssert.Contains(record.Sentence("rate"), "planner bayes");
        StringAssert.Contains(record.Sentence("bayes"), "discounts");
        StringAssert.Contains(record.TakeWarning("rate"), "WARNING");
        Assert.IsNull(record.TakeWarning("rate"), "once");
    }

    /// <summary>Predictions that mean what they say, whatever holes a planner picks by them.</summary>
    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.7)]
    public void Add_CalibratedPredictions_HardlyEverWarns(double least)
    {
        int warned = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var record = new PredictionRecord();
            for (int i = 0; i < 200; i++)
            {
                double probability = least + (1 - least) * random.NextDouble();
                record.Add(probability, random.NextDouble() < probability);
            }
            warned += record.TakeWarning("rate") is null ? 0 : 1;
        }

        Assert.IsTrue(warned <= 3, $"{warned} of 200");
    }

    /// <summary>Believed too much, but better than nothing: a planner is better off with them.</summary>
    [TestMethod]
    public void Add_TooSureButUseful_IsNoWarning()
    {
        var record = new PredictionRecord();

        for (int i = 0; i < 60; i++)
            record.Add(i % 2 == 0 ? 0.95 : 0.05, good: i % 2 == 0 == (i % 12 > 1));

        Assert.IsFalse(record.Misleads, record.Sentence("rate"));
    }

    [TestMethod]
    public void Add_PredictionsWithoutWorth_Warns()
    {
        int warned = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var record = new PredictionRecord();
            for (int i = 0; i < 90; i++)
                record.Add(0.6 + 0.4 * random.NextDouble(), random.NextDouble() < 0.5); // the holes that a planner picks by them
            warned += record.TakeWarning("rate") is null ? 0 : 1;
        }

        Assert.IsTrue(warned > 180, $"{warned} of 200");
    }

    [TestMethod]
    public void Explain_SessionWhosePredictionsMislead_SaysSoAlsoAfterARestart()
    {
        using var folder = new TempFolder();
        MeasuredGrid specimen = Make.Specimen(holes: 300, seed: 5);
        OpenSessionRequest opening = Make.Opening(specimen) with { Targets = [.. specimen.Grid.ToTargets().Select(target => target with { PredictedCtfA = null, Probability = 0.95 })] };
        string path = folder.File("session-s.jsonl");
        var clock = new HandTurnedClock();
        using (JournalledSession session = JournalledSession.Open(Make.Message(opening), opening, path, clock).Session)
        {
            for (int i = 1; i <= PredictionRecord.Least; i++)
            {
                Assert.IsNull(session.TakeWarning());
                session.Handle(Make.Message(new ReportCtfRequest("s", i, i % 3 == 0 ? 4 : 11)));
                session.Handle(Make.Message(new ReportCtfRequest("s", i, 11))); // a second result of a hole is no second hole
            }

            StringAssert.Contains(session.TakeWarning(), "WARNING: the predictions mislead");
            Assert.IsNull(session.TakeWarning());
        }

        using JournalledSession resumed = JournalledSession.Resume(path, clock);

        Assert.IsNull(resumed.TakeWarning(), "the log has it");
        StringAssert.Contains(((ExplanationReply)resumed.Handle(Make.Message(new ExplainRequest("s", "session")))).Text, "28.5 good holes were expected among 30 measured ones, 10 are good. WARNING");
    }
}
