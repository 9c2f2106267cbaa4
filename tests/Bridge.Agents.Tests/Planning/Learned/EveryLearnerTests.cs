using System.Text;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Learned;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Planning.Learned;

/// <summary>Weights of every learner, as they are and spoilt.</summary>
[TestClass]
public sealed class EveryLearnerTests
{
    public static IEnumerable<object[]> All => Learners.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Read_SavedWeights_MakeThePlannerOfTheirName(string learner)
    {
        using var folder = new TempFolder();
        string path = folder.File("model.safetensors");
        TinyModels.ByName[learner].Save(path);

        IPlannerModel read = PlannerModels.All.Read($"{learner}={path}");

        Assert.AreEqual(learner, read.Name);
        Assert.AreEqual(learner, read.Create(new(Make.RandomGrid(1).Grid, 0)).Name);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Read_OtherShapeOrVersionOrTooShort_NamesFilePlannerAndCause(string learner)
    {
        using var folder = new TempFolder();
        string path = folder.File("model.safetensors");
        TinyModels.ByName[learner].Save(path);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        string features = TinyModels.ByName[learner].Metadata[LearnedModel.FeaturesKey];

        AssertRefused(text.Replace("[256,128]", "[128,256]").Replace("[256, 128]", "[128, 256]"), "[128, 256]");
        AssertRefused(text.Replace(features, features[..^1] + "x"), $"this needs '{features}'");
        AssertRefused(text[..^1], "bytes");

        void AssertRefused(string content, string cause)
        {
            Assert.AreNotEqual(text, content, cause);
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
            ContractException error = Assert.ThrowsExactly<ContractException>(() => PlannerModels.All.Read($"{learner}={path}"));
            Assert.AreEqual(FaultCode.UnreadableFile, error.Code);
            foreach (string named in new[] { cause, path, $"'{learner}'" })
                StringAssert.Contains(error.Message, named);
        }
    }
}
