using Bridge.Agents.Alignment;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.Alignment;

/// <summary>The rules that hold for every policy.</summary>
[TestClass]
public sealed class BeamAlignmentTests
{
    private static readonly AlignmentSettings Settings = new(new Xy(0, 0), MaxShift: 10) { MaxStep = 4, MaxSteps = 3 };

    [TestMethod]
    public void Next_BeforeAnyObservation_IsOutOfTurn()
        => Assert.AreEqual(FaultCode.OutOfTurn, Assert.ThrowsExactly<ContractException>(() => new BeamAlignment(new Says(new Xy(1, 0)), Settings).Next()).Code);

    [TestMethod]
    [DataRow(double.NaN, 0, "no number")]
    [DataRow(double.PositiveInfinity, 0, "no number")]
    [DataRow(4.1, 0, "asked for a step")]
    [DataRow(0, -10.1, "longest allowed is 10")]
    public void Next_PolicyAsksForMoreThanIsAllowed_IsGivenUpNotClipped(double x, double y, string why)
    {
        AlignmentResult result = Ask(new Says(new Xy(x, y)), new Xy(50, 0));

        StringAssert.Contains(((AlignmentResult.GiveUp)result).Why, why);
    }

    [TestMethod]
    public void Next_WithinTheTolerance_IsAlignedWhateverThePolicySays()
        => Assert.IsInstanceOfType<AlignmentResult.Aligned>(Ask(new Says(new Xy(1, 0)), new Xy(0.6, -0.8)));

    [TestMethod]
    public void Next_AfterAllSteps_IsGivenUpWithTheDistance()
    {
        var alignment = new BeamAlignment(new Says(new Xy(1, 0)), Settings);
        for (int i = 0; i < 3; i++)
        {
            alignment.Observe(new Xy(80 - 10 * i, 0));
            alignment.Accept(alignment.Next());
        }
        alignment.Observe(new Xy(50, 0));

        AlignmentResult end = alignment.Next();
        alignment.Accept(end);

        StringAssert.Contains(((AlignmentResult.GiveUp)end).Why, "after 3 steps, still 50 px");
        Assert.AreEqual(end, alignment.End);
        Assert.AreSame(end, alignment.Next(), "the end is the end");
    }

    [TestMethod]
    public void Next_LostBeam_GoesBackToWhereItWasSeen()
    {
        var alignment = new BeamAlignment(new Says(new Xy(3, 0)), Settings);
        alignment.Observe(new Xy(50, 0));
        alignment.Accept(alignment.Next());
        Assert.AreEqual(new Xy(3, 0), alignment.State.Shift);

        alignment.Observe(null);

        Assert.AreEqual(new Xy(0, 0), ((AlignmentResult.Move)alignment.Next()).Shift);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(3)]
    public void Next_PicturesAreLate_WaitsAsLongAsNeededAndAligns(int late)
    {
        var settings = new AlignmentSettings(new Xy(0, 0), MaxShift: 80) { MaxStep = 4, FirstShift = 1 };
        var alignment = new BeamAlignment(new LeastSquaresPolicy(settings), settings);
        var shown = new Queue<Xy>(Enumerable.Repeat(new Xy(0, 0), late));
        do
        {
            shown.Enqueue(alignment.State.Shift);
            Xy shift = shown.Dequeue();
            alignment.Observe(new Xy(150 - 30 * shift.X + 4 * shift.Y, -80 + 25 * shift.Y));
            alignment.Accept(alignment.Next());
        }
        while (alignment.End is null);

        Assert.IsInstanceOfType<AlignmentResult.Aligned>(alignment.End, $"{alignment.End}");
        Assert.IsTrue(alignment.State.Steps <= 8, $"{alignment.State.Steps} steps");
        Assert.AreEqual(1 + (late + 1) * alignment.State.Steps, alignment.State.Pictures);
    }

    [TestMethod]
    public void Next_BeamThatNeverMoves_IsLookedAtAgainThreeTimesInAll()
    {
        var settings = new AlignmentSettings(new Xy(0, 0), MaxShift: 1000) { MaxStep = 4, MaxSteps = 10 };
        var alignment = new BeamAlignment(new Says(new Xy(3, 0)), settings);
        do
        {
            alignment.Observe(new Xy(50, 0));
            alignment.Accept(alignment.Next());
        }
        while (alignment.End is null);

        Assert.AreEqual(10, alignment.State.Steps);
        Assert.AreEqual(10 + PictureLatency.MostLooks + 1, alignment.State.Pictures);
    }

    [TestMethod]
    public void LeastSquares_BeamNearTheEdge_FindsBackAfterItWasLost()
    {
        // A unit of shift moves the beam by 150 px, and it is seen up to 520 px from the middle.
        var response = new Matrix2(0, 150, 150, 0);
        var settings = new AlignmentSettings(new Xy(0, 0), MaxShift: 80) { MaxStep = 4, FirstShift = 1 };
        int lost = 0;
        foreach (Xy start in (Xy[])[new(500, 0), new(-500, 0), new(0, 500), new(0, -500), new(500, 500), new(-500, -500)])
        {
            var alignment = new BeamAlignment(new LeastSquaresPolicy(settings), settings);
            Xy beam = start;
            do
            {
                alignment.Observe(Math.Max(Math.Abs(beam.X), Math.Abs(beam.Y)) <= 520 ? beam : null);
                alignment.Accept(alignment.Next());
                beam = start + response * alignment.State.Shift;
            }
            while (alignment.End is null);
            Assert.IsInstanceOfType<AlignmentResult.Aligned>(alignment.End, $"{start}: {alignment.End}");
            lost += alignment.State.Lost;
        }

        Assert.IsTrue(lost > 0, "one of them was lost on the way");
    }

    [TestMethod]
    public void LeastSquares_OneDeadDirection_IsGivenUpByName()
    {
        var settings = new AlignmentSettings(new Xy(0, 0), MaxShift: 80) { MaxStep = 4, FirstShift = 1 };
        var alignment = new BeamAlignment(new LeastSquaresPolicy(settings), settings);
        do
        {
            alignment.Observe(new Xy(100 + 20 * alignment.State.Shift.X, 30));
            alignment.Accept(alignment.Next());
        }
        while (alignment.End is null);

        StringAssert.Contains(((AlignmentResult.GiveUp)alignment.End).Why, "does not react to the shift along");
        Assert.IsTrue(alignment.State.Steps < 15);
    }

    [TestMethod]
    public void ResponseEstimate_TwoExactMoves_GiveTheMatrix()
    {
        var estimate = new ResponseEstimate(noisePx: 0.01);
        var response = new Matrix2(3, -20, 14, 5);
        Assert.IsTrue(estimate.Take(new Xy(1, 0), response * new Xy(1, 0)));
        Assert.IsFalse(estimate.Axes().Second.IsKnown);
        Assert.IsTrue(estimate.Take(new Xy(0.5, -1), response * new Xy(0.5, -1)));

        Xy step = estimate.CautiousStep(response * new Xy(2, 3));

        Assert.IsTrue((step - new Xy(2, 3)).Length < 0.01, $"{step}");
        Assert.IsFalse(estimate.Take(new Xy(1, 1), -1 * (response * new Xy(1, 1))), "against all that was seen before");
    }

    [TestMethod]
    public void ResponseEstimate_OneDirectionKnown_ChecksThatPartOfAMove()
    {
        var estimate = new ResponseEstimate(noisePx: 0.01);
        estimate.Take(new Xy(1, 0), new Xy(20, 0));

        Assert.AreEqual(new Xy(3, 2), estimate.Checked(new Xy(60, 0), new Xy(3, 2)), "towards the goal");
        Xy turned = estimate.Checked(new Xy(60, 0), new Xy(-4, 2));
        Assert.AreEqual(0, (turned - new Xy(3, 2)).Length, 1e-9, "the part that is known is turned, the other stays");
    }

    private static AlignmentResult Ask(IAlignmentPolicy policy, Xy beam)
    {
        var alignment = new BeamAlignment(policy, Settings);
        alignment.Observe(beam);
        return alignment.Next();
    }

    /// <summary>A policy that always asks for the same shift.</summary>
    private sealed class Says(Xy shift) : IAlignmentPolicy
    {
        public string Name => "says";

        public AlignmentResult Next(AlignmentState state) => new AlignmentResult.Move(shift, "");

        public void Observe(AlignmentState state)
        {
        }
    }
}
