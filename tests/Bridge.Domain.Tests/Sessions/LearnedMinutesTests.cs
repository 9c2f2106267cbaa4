using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Domain.Tests.Sessions;

[TestClass]
public sealed class LearnedMinutesTests
{
    [TestMethod]
    public void Mean_NoMove_IsThePrior() => Assert.AreEqual(MoveMinutes.Text, new LearnedMinutes(MoveMinutes.Text).Mean);

    [TestMethod]
    public void Observe_MovesAsExpected_ChangeNothing()
    {
        LearnedMinutes minutes = Learned(MoveLevel.SamePatch, Enumerable.Repeat(2.01, 30));

        Assert.AreEqual(MoveMinutes.Text, minutes.Mean);
    }

    [TestMethod]
    public void Observe_FastMoves_ArePulledToThePriorByItsWeight()
    {
        LearnedMinutes minutes = Learned(MoveLevel.SamePatch, Enumerable.Repeat(0.8, 16));

        Assert.AreEqual(((LearnedMinutes.PriorMoves * 2) + (16 * 0.8)) / (LearnedMinutes.PriorMoves + 16), minutes.Mean.SamePatch, 0.02);
        Assert.AreEqual((3, 5, 10), (minutes.Mean.SameSquare, minutes.Mean.SameGridImage, minutes.Mean.OtherGridImage));
    }

    [TestMethod]
    public void Observe_AnHourOfCoffee_IsNoMove()
    {
        LearnedMinutes without = Learned(MoveLevel.SamePatch, Enumerable.Repeat(1.5, 10)), with = Learned(MoveLevel.SamePatch, [1.5, 1.5, 60, .. Enumerable.Repeat(1.5, 8)]);

        Assert.AreEqual(without.Mean, with.Mean);
    }

    [TestMethod]
    public void Observe_AlwaysMuchSlower_IsBelieved()
    {
        LearnedMinutes minutes = Learned(MoveLevel.SamePatch, Enumerable.Repeat(14.0, 40));

        // Slower than what is said of the outer levels, so these share one mean: 40 moves of 14 min and four each of 2, 3, 5 and 10.
        Assert.AreEqual(((40 * 14) + (4 * (2 + 3 + 5 + 10))) / 56.0, minutes.Mean.SamePatch, 0.4);
        Assert.IsTrue(minutes.Mean.SamePatch <= minutes.Mean.SameSquare && minutes.Mean.SameSquare <= minutes.Mean.SameGridImage && minutes.Mean.SameGridImage <= minutes.Mean.OtherGridImage);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(-3.0)]
    [DataRow(0.01)]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    [DataRow(1e9)]
    public void Observe_WhatCannotBeAMove_IsLeftAlone(double minutes)
    {
        var learned = new LearnedMinutes(MoveMinutes.Text);

        bool taken = learned.Observe(MoveLevel.SameSquare, minutes);

        Assert.IsFalse(taken);
        Assert.AreEqual(MoveMinutes.Text, learned.Mean);
        Assert.AreEqual(0, learned.Moves(MoveLevel.SameSquare));
    }

    [TestMethod]
    public void Observe_MicroscopeGetsFaster_IsFollowed()
    {
        LearnedMinutes minutes = Learned(MoveLevel.SamePatch, [.. Enumerable.Repeat(4.0, 200), .. Enumerable.Repeat(1.0, 40)]);

        Assert.AreEqual(1.09, minutes.Mean.SamePatch, 0.03);
    }

    [TestMethod]
    public void Observe_OuterMovesShorterThanInner_ShareOneMean()
    {
        LearnedMinutes minutes = Learned(MoveLevel.SameGridImage, Enumerable.Repeat(1.0, 20));

        Assert.AreEqual(minutes.Mean.SamePatch, minutes.Mean.SameGridImage, 0.05);
        Assert.AreEqual(10, minutes.Mean.OtherGridImage);
    }

    private static LearnedMinutes Learned(MoveLevel level, IEnumerable<double> moves)
    {
        var minutes = new LearnedMinutes(MoveMinutes.Text);
        foreach (double move in moves)
            minutes.Observe(level, move);
        return minutes;
    }
}
