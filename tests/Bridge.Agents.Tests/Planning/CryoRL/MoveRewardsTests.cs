using Bridge.Agents.Planning.CryoRL;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL;

[TestClass]
public sealed class MoveRewardsTests
{
    [TestMethod]
    public void At_MinutesOfTheRewards_GivesWhatThePaperPrints()
    {
        MoveRewards formula = MoveRewards.At(MoveMinutes.Reward);

        foreach (MoveLevel level in Enum.GetValues<MoveLevel>())
            Assert.AreEqual(MoveRewards.Printed[level], Math.Round(formula[level], 2));
    }

    [TestMethod]
    public void At_MinutesOfTheText_GivesOtherNumbers()
        => CollectionAssert.AreEqual(new[] { 1, 0.83, 0.57, 0.23 }, Enum.GetValues<MoveLevel>().Select(level => Math.Round(MoveRewards.At(MoveMinutes.Text)[level], 2)).ToArray());

    [TestMethod]
    public void At_ShorterMovesThanThePapers_EarnNoBonus()
        => Assert.AreEqual(1, MoveRewards.At(new MoveMinutes(0.5, 3, 5, 10)).SamePatch);
}
