using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Bayes;

[TestClass]
public sealed class ChoiceTests
{
    private static readonly MeasuredGrid Simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(500, seed: 6));

    [TestMethod]
    public void Upper_AboveTheMedian_PlansWithMoreThanIsReported()
    {
        BayesBeliefs beliefs = Beliefs(new Choice.Upper(1));

        double[] planned = Written(beliefs);

        for (int hole = 0; hole < planned.Length; hole++)
            Assert.IsGreaterThan(beliefs.Probability(hole), planned[hole] + 1e-3);
        Assert.IsGreaterThan(planned.Length * 0.05, planned.Select((p, hole) => p - beliefs.Probability(hole)).Sum());
    }

    [TestMethod]
    public void Thompson_ManySeeds_DrawsAroundWhatIsExpected()
    {
        const int draws = 400;
        double[] sum = new double[Simulated.Grid.Holes.Count];
        for (int seed = 0; seed < draws; seed++)
        {
            double[] drawn = Written(Beliefs(new Choice.Thompson(seed, 10)));
            for (int hole = 0; hole < sum.Length; hole++)
                sum[hole] += drawn[hole] / draws;
        }

        BayesBeliefs beliefs = Beliefs(new Choice.Expected());

        double off = sum.Select((mean, hole) => Math.Abs(mean - beliefs.Probability(hole))).Average();
        Assert.IsLessThan(0.02, off);
    }

    [TestMethod]
    public void Thompson_TenResults_DrawsAnew()
    {
        BayesBeliefs beliefs = Beliefs(new Choice.Thompson(1, 10));
        int far = Simulated.Grid.Patches.Count - 1;
        long first = beliefs.Stamp(far);
        double[] before = Written(beliefs);

        for (int hole = 0; hole < 10; hole++)
            beliefs.Observe(hole, Simulated.CtfA[hole]);

        Assert.AreNotEqual(first, beliefs.Stamp(far));
        Assert.IsGreaterThan(0.02, Written(beliefs).Zip(before, (a, b) => Math.Abs(a - b)).Average());
    }

    [TestMethod]
    public void Thompson_OtherSeed_MakesAnotherRun()
    {
        int[] one = Run(1), two = Run(2);

        CollectionAssert.AreNotEqual(one, two);

        static int[] Run(int seed) => [.. Make.Drive(Planners.Create("thompson", Simulated.Grid, seed), Make.At(Simulated.Grid, 3, 100)).Select(move => move.Hole)];
    }

    [TestMethod]
    public void Next_Ucb_ReportsTheExpectedProbability()
    {
        var planner = Planners.Create("ucb", Simulated.Grid, seed: 0);

        var planned = (PlanResult.Planned)planner.Next(Make.At(Simulated.Grid, 3, 100));

        Assert.AreEqual(Beliefs(new Choice.Expected()).Probability(planned.Hole), planned.Probability, 1e-12);
    }

    private static BayesBeliefs Beliefs(Choice choice) => new(Simulated.Grid, BayesSettings.Default, CtfCalibration.Default) { Choice = choice };

    private static double[] Written(BayesBeliefs beliefs)
    {
        double[] written = new double[Simulated.Grid.Holes.Count];
        foreach (Patch patch in Simulated.Grid.Patches)
        {
            double[] its = new double[patch.Holes.Count];
            beliefs.Write([.. patch.Holes], its, []);
            for (int i = 0; i < its.Length; i++)
                written[patch.Holes[i]] = its[i];
        }
        return written;
    }
}
