using Bridge.Agents.Planning.CryoRL;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL;

/// <summary>That the best path of the toy grid is the best, by trying everything.</summary>
[TestClass]
public sealed class ToyGridTests
{
    [TestMethod]
    public void BestPath_Played_FindsWhatItSays()
    {
        GridCollection collection = ToyGrid.Collection(ToyGrid.Create());
        collection.Start(ToyGrid.FirstHole);

        double sum = ToyGrid.BestPath.Sum(hole => collection.Move(hole).Reward);

        Assert.AreEqual((ToyGrid.BestGood, CollectionEnd.TimeUp), (collection.Good, collection.End));
        Assert.AreEqual(ToyGrid.BestReturn, sum, 1e-12);
    }

    [TestMethod]
    public void BestPath_AgainstEveryOtherOrder_IsTheBestByFar()
    {
        MeasuredGrid grid = ToyGrid.Create();
        int[] left = [.. grid.Grid.Patches.Select(patch => patch.Holes.Count(hole => CollectionState.IsGood(grid.CtfA[hole])))];

        // Bad holes bring nothing and cost minutes, so only good ones matter; within a patch they are alike.
        Assert.AreEqual(ToyGrid.BestGood, Most(0, ToyGrid.BudgetMinutes));
        left[0] = 0;
        Assert.IsLessThanOrEqualTo(ToyGrid.BestGood - 1, Most(0, ToyGrid.BudgetMinutes));
        left[0] = 1;
        left[2] = 7;
        Assert.AreEqual(ToyGrid.BestGood - 1, Most(0, ToyGrid.BudgetMinutes));
        Assert.AreEqual(ToyGrid.BestGood - 2, 2 + Most(1, ToyGrid.BudgetMinutes - 2 - 5), "by way of b");

        int Most(int at, double minutes)
        {
            int most = 0;
            for (int patch = 0; patch < left.Length; patch++)
            {
                double move = MoveMinutes.Text[grid.Grid.LevelBetween(at, patch)];
                if (left[patch] == 0 || move > minutes)
                    continue;
                left[patch]--;
                most = Math.Max(most, 1 + Most(patch, minutes - move));
                left[patch]++;
            }
            return most;
        }
    }
}
