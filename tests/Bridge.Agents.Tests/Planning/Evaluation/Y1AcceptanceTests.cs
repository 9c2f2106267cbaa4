using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Planning.Evaluation;

[TestClass]
public sealed class Y1AcceptanceTests
{
    [TestMethod]
    [DataRow("rate", new double[] { 52, 101, 153, 198 })]
    [DataRow("bayes", new double[] { 51.5, 102, 152, 200 })]
    [DataRow("oracle", new double[] { 55, 110, 166, 221 })]
    public void Run_Y1Dev_ReachesTheBar(string planner, double[] least)
    {
        MeasuredGrid dev = HoleTable.Read(SharedData.PathOf("y1", "dev.csv")).Measured;

        IReadOnlyList<PlannerScore> rows = new PlannerEvaluation(dev, "dev").Run([planner], [120, 240, 360, 480], starts: 50);

        for (int i = 0; i < least.Length; i++)
            Assert.IsGreaterThanOrEqualTo(least[i], rows[i].Mean, $"{planner} at {rows[i].BudgetMinutes} min");
    }

    [TestMethod]
    [DataRow(Predictions.Shuffled)]
    [DataRow(Predictions.Inverted)]
    public void Run_Y1DevWithWrongPredictions_BayesFindsAThirdMoreThanGreedy(string predictions)
    {
        MeasuredGrid dev = HoleTable.Read(SharedData.PathOf("y1", "dev.csv")).Measured;
        double[] budgets = [120, 240, 360, 480], greedy = new double[4], bayes = new double[4];

        for (int seed = 0; seed < 10; seed++) // one shuffling may suit greedy by chance
        {
            var evaluation = new PlannerEvaluation(Predictions.Apply(dev, predictions, seed), "dev") { Seed = seed };
            IReadOnlyList<PlannerScore> rows = evaluation.Run(["greedy", "bayes"], budgets, starts: 2);
            for (int i = 0; i < 4; i++)
                (greedy[i], bayes[i]) = (greedy[i] + rows[i].Mean, bayes[i] + rows[i + 4].Mean);
        }

        Console.WriteLine(string.Join(" / ", greedy.Zip(bayes, (g, b) => $"{b / g:0.00}")));
        Assert.IsGreaterThanOrEqualTo(1.3 * greedy.Sum(), bayes.Sum());
        for (int i = 0; i < 4; i++)
            Assert.IsGreaterThanOrEqualTo(1.25 * greedy[i], bayes[i], $"bayes at {budgets[i]} min");
    }
}
