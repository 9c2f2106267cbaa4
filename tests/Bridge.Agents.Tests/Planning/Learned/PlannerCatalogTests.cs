using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
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

    [TestMethod]
    public void WithShipped_WeightsAndCard_AreThereByNameAndChangeNoDefault()
    {
        string weights = Shipped("nearest first");
        ModelCard.For(weights, new Dictionary<string, string>(), "").Write(weights);

        PlannerCatalog catalog = PlannerCatalog.WithoutModels.WithShipped(ToyModel.Kinds, _folder.Path);

        Assert.AreEqual(Planners.Default, catalog.Default);
        Assert.IsEmpty(catalog.Unusable);
        Assert.IsInstanceOfType<NearestPlanner>(catalog.Create("toy", new PlannerSetup(Make.Grid("g/s/p: 0.9").Grid, 0)));
    }

    [TestMethod]
    [DataRow("no card", "has no card")]
    [DataRow("other weights", "SHA-256")]
    [DataRow("no weights", "toy.safetensors")]
    [DataRow("weights of nothing", "nearest first")]
    public void WithShipped_SomethingIsWrong_TroublesOnlyWhoAsksForIt(string wrong, string named)
    {
        string weights = Shipped(wrong == "weights of nothing" ? "nothing" : "nearest first");
        if (wrong != "no card")
            ModelCard.For(weights, new Dictionary<string, string>(), "").Write(weights);
        if (wrong == "other weights")
            File.WriteAllText(weights, "nearest first ");
        if (wrong == "no weights")
            File.Delete(weights);

        PlannerCatalog catalog = PlannerCatalog.WithoutModels.WithShipped(ToyModel.Kinds, _folder.Path);

        StringAssert.Contains(catalog.Unusable["toy"], named);
        var setup = new PlannerSetup(Make.Grid("g/s/p: 0.9").Grid, 0);
        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => catalog.Create("toy", setup));
        Assert.AreEqual((FaultCode.UnreadableFile, catalog.Unusable["toy"]), (refusal.Code, refusal.Message));
        Assert.AreEqual("rate", catalog.Create("rate", setup).Name);
        Assert.IsEmpty(catalog.With([new ToyModel()]).Unusable, "a model given in its place");
    }

    [TestMethod]
    public void WithShipped_ModelOfTheSameNameWasGiven_IsNotRead()
    {
        Shipped("nothing");

        PlannerCatalog catalog = new PlannerCatalog([new ToyModel()]).WithShipped(ToyModel.Kinds, _folder.Path);

        Assert.IsEmpty(catalog.Unusable);
        Assert.AreEqual("toy", catalog.Default);
    }

    private string Shipped(string text)
    {
        string path = _folder.File("toy.safetensors");
        File.WriteAllText(path, text);
        return path;
    }

    private string Weights(string text)
    {
        string path = _folder.File("model");
        File.WriteAllText(path, text);
        return path;
    }
}
