using Bridge.Agents.Planning;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.Planning;

[TestClass]
public sealed class PlannersTests
{
    [TestMethod]
    public void Names_First_IsTheDefault() => Assert.AreEqual("rate", Planners.Names[0]);

    [TestMethod]
    public void Create_EveryName_GivesAPlannerOfThatName()
    {
        var truth = Make.Grid("g/s/p: 0.9 0.2");

        foreach (string name in Planners.Names)
            Assert.AreEqual(name, Planners.Create(name, truth.Grid, seed: 0, truth).Name);
    }

    [TestMethod]
    public void Create_UnknownName_NamesTheKnownOnes()
    {
        var truth = Make.Grid("g/s/p: 0.9");

        var refusal = Assert.ThrowsExactly<ContractException>(() => Planners.Create("best", truth.Grid, seed: 0));

        Assert.AreEqual(FaultCode.UnknownPlanner, refusal.Code);
        Assert.AreEqual("there is no planner 'best'; choose rate, bayes, ucb, thompson, greedy, nearest, random, genetic, annealing, offline, oracle", refusal.Message);
    }

    [TestMethod]
    public void Create_OracleWithoutTruth_SaysWhatItNeeds()
    {
        var truth = Make.Grid("g/s/p: 0.9");

        var refusal = Assert.ThrowsExactly<ContractException>(() => Planners.Create("oracle", truth.Grid, seed: 0));

        Assert.AreEqual(FaultCode.UnknownPlanner, refusal.Code);
        StringAssert.Contains(refusal.Message, "needs the truth");
        StringAssert.Contains(refusal.Message, "choose rate, bayes, ucb, thompson, greedy, nearest, random");
    }
}
