using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.SemiSupervised;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

[TestClass]
public sealed class LabelSplitTests
{
    private static readonly HoleSet s_holes = SmallSets.Blobs(200, hole => hole % 2 == 0);

    [TestMethod]
    public void Draw_ByHole_GivesAQuarterToValidationAndEveryHoleOnce()
    {
        var split = LabelSplit.Draw(s_holes, 0.1, SplitBy.Hole, seed: 3);

        Assert.AreEqual((15, 135, 50), (split.Labelled.Count, split.Unlabelled.Count, split.Validation.Count));
        CollectionAssert.AreEqual(Enumerable.Range(0, 200).ToArray(), split.Labelled.Concat(split.Unlabelled).Concat(split.Validation).Order().ToArray());
    }

    [TestMethod]
    public void Draw_LargerShare_KeepsTheLabelsOfTheSmallerAndTheValidation()
    {
        LabelSplit few = LabelSplit.Draw(s_holes, 0.1, SplitBy.Hole, seed: 3), many = LabelSplit.Draw(s_holes, 0.4, SplitBy.Hole, seed: 3);

        CollectionAssert.IsSubsetOf(few.Labelled.ToArray(), many.Labelled.ToArray());
        CollectionAssert.AreEqual(few.Validation.ToArray(), many.Validation.ToArray());
    }

    [TestMethod]
    public void Draw_BySquare_SharesNoSquare()
    {
        var split = LabelSplit.Draw(s_holes, 0.5, SplitBy.Square, seed: 3);

        var validation = split.Validation.Select(hole => s_holes.SquareOfHole[hole]).ToHashSet();
        Assert.IsFalse(split.Labelled.Concat(split.Unlabelled).Any(hole => validation.Contains(s_holes.SquareOfHole[hole])));
    }

    [TestMethod]
    public void Draw_All_LeavesNothingUnlabelled() => Assert.AreEqual(0, LabelSplit.Draw(s_holes, 1, SplitBy.Hole, seed: 3).Unlabelled.Count);

    [TestMethod]
    public void Draw_HolesWithoutAMeasurement_AreInNoPart()
    {
        HoleSet holes = SmallSets.Blobs(80, hole => hole % 2 == 0 ? null : hole % 4 == 1);

        var split = LabelSplit.Draw(holes, 0.5, SplitBy.Hole, seed: 3);

        Assert.IsTrue(split.Labelled.Concat(split.Unlabelled).Concat(split.Validation).All(holes.IsMeasured));
    }

    [TestMethod]
    public void Draw_NoLabelOfAKind_SaysHowManyAndWhatToDo()
    {
        ContractException oneKind = Assert.ThrowsExactly<ContractException>(() => LabelSplit.Draw(SmallSets.Blobs(40, _ => true), 0.5, SplitBy.Hole, seed: 0));
        ContractException none = Assert.ThrowsExactly<ContractException>(() => LabelSplit.Draw(s_holes, 0.001, SplitBy.Hole, seed: 0));

        Assert.AreEqual((FaultCode.BadField, FaultCode.BadField), (oneKind.Code, none.Code));
        StringAssert.Contains(oneKind.Message, "50 % of 30 training holes are 15 labels, 15 of them good");
        StringAssert.Contains(none.Message, "0.1 % of 150 training holes are 0 labels");
    }

    [TestMethod]
    public void Draw_TooFewHoles_IsRefused()
        => Assert.AreEqual(FaultCode.NoTargets, Assert.ThrowsExactly<ContractException>(() => LabelSplit.Draw(SmallSets.Blobs(4, hole => hole % 2 == 0), 0.5, SplitBy.Hole, 0)).Code);
}
