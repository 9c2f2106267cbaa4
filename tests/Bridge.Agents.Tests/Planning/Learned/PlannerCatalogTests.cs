using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Planning.Learned;

[TestClass]
public sealed class PlannerCatalogTests
{
    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void Read_GoodFile_GivesAPlannerThatComesFirst()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.9 0.9");

        var catalog = new PlannerCatalog([ToyModel.Kinds.Read($"toy = {Weights("nearest first")}")]);

        Assert.AreEqual("toy", catalog.Default);
        CollectionAssert.AreEqual(new[] { "toy" }.Concat(Planners.Names).ToArray(), catalog.Names.ToArray());
        PlannerScore score = new PlannerEvaluation(grid, "tiny") { Catalog = catalog }.Run(["toy"], [4], starts: 1)[0];
        Assert.AreEqual(("toy", 2.0), (score.Planner, score.Mean));
    }

    [TestMethod]
    [DataRow("toy", "NAME=FILE", FaultCode.BadField)]
    [DataRow("=file", "NAME=FILE", FaultCode.BadField)]
    [DataRow("other=file", "'other'; there is toy", FaultCode.UnknownPlanner)]
    [DataRow("toy=nowhere.safetensors", "nowhere.safetensors", FaultCode.UnreadableFile)]
    public void Read_UnusableText_NamesTheCause(string text, string named, FaultCode code)
    {
        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => ToyModel.Kinds.Read(text));

        Assert.AreEqual(code, refusal.Code);
        StringAssert.Contains(refusal.Message, named);
    }

    [TestMethod]
    public void Read_DamagedFile_NamesFilePlannerAndCause()
    {
        string path = Weights("something else");

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => ToyModel.Kinds.Read("toy=" + path));

        Assert.AreEqual($"the model {path} cannot be used for planner 'toy': it does not say 'nearest first'", refusal.Message);
    }

    [TestMethod]
    public void Constructor_TwoModelsOfOneName_IsRefused()
        => StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => new PlannerCatalog([new ToyModel(), new ToyModel()])).Message, "'toy' is given 2 times");

    [TestMethod]
    public void Create_UnknownName_NamesTheKnownOnes()
    {
        var catalog = new PlannerCatalog([new ToyModel()]);

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => catalog.Create("best", new PlannerSetup(Make.Grid("g/s/p: 0.9").Grid, 0)));

        StringAssert.Contains(refusal.Message, "there is no planner 'best'; choose toy, rate, bayes, ucb, thompson, greedy");
    }

    private string Weights(string text)
    {
        string path = _folder.File("model");
        File.WriteAllText(path, text);
        return path;
    }
}
