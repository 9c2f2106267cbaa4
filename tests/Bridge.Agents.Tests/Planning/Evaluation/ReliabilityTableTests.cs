using Bridge.Agents.Planning.Evaluation;

namespace Bridge.Agents.Tests.Planning.Evaluation;

[TestClass]
public sealed class ReliabilityTableTests
{
    [TestMethod]
    public void Add_FourHoles_GivesTheHandWorkedScores()
    {
        var table = new ReliabilityTable();

        table.Add(0.8, true);
        table.Add(0.84, false);
        table.Add(0.1, false);
        table.Add(1, true);

        Assert.AreEqual((0.04 + 0.7056 + 0.01 + 0) / 4, table.Brier, 1e-9);
        // Bins 0.8 (two holes, said 0.82, half good), 0.1 (said 0.1, none good), 0.9 (said 1, good).
        Assert.AreEqual((2 * 0.32 + 0.1 + 0) / 4, table.ExpectedCalibrationError, 1e-9);
        CollectionAssert.AreEqual(new[] { 0.1, 0.8, 0.9 }, table.Rows.Select(row => row.From).ToArray());
    }

    [TestMethod]
    public void Brier_NoHoles_IsNoNumber()
    {
        Assert.IsTrue(double.IsNaN(new ReliabilityTable().Brier));
        Assert.IsTrue(double.IsNaN(new ReliabilityTable().ExpectedCalibrationError));
    }
}
