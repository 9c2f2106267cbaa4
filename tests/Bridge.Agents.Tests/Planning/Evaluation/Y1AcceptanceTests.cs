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
    [DataRow("oracle", new double[] { 55, 110, 166, 221 })]
    public void Run_Y1Dev_ReachesTheBar(string planner, double[] least)
    {
        MeasuredGrid dev = HoleTable.Read(SharedData.PathOf("y1", "dev.csv")).Measured;

        IReadOnlyList<PlannerScore> rows = new PlannerEvaluation(dev, "dev").Run([planner], [120, 240, 360, 480], starts: 50);

        for (int i = 0; i < least.Length; i++)
            Assert.IsGreaterThanOrEqualTo(least[i], rows[i].Mean, $"{planner} at {rows[i].BudgetMinutes} min");
    }
}
