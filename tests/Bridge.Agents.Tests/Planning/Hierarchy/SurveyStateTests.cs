using Bridge.Agents.Planning.Hierarchy;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Hierarchy;

[TestClass]
public sealed class SurveyStateTests
{
    private static readonly Grid Whole = Make.Grid("g/s/p: 0.9 0.8", "g/s/q: 0.7", "g/t/r: 0.6", "h/u/v: 0.5").Grid;

    [TestMethod]
    public void Survey_Patch_ShowsItsPredictionsAndNoOthers()
    {
        var state = new SurveyState(Whole, MoveMinutes.Text, 1);

        state.Survey(1);

        CollectionAssert.AreEqual(new[] { double.NaN, double.NaN, 0.7, double.NaN, double.NaN }, state.Known.Holes.Select(hole => hole.GivenProbability).ToArray());
        Assert.AreEqual(1, state.SurveyedPatches);
        Assert.AreEqual(1, state.Known.Holes[state.State.Current].Patch);
    }

    [TestMethod]
    public void MinutesToSurvey_EveryLevel_IsTheMoveWithoutTheExposure()
    {
        var state = new SurveyState(Whole, MoveMinutes.Text, 1);
        state.Survey(0);

        CollectionAssert.AreEqual(new[] { 1.0, 1.0, 3.0, 8.0 }, Enumerable.Range(0, 4).Select(state.MinutesToSurvey).ToArray());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void SurveyState_ImpossibleMinutes_AreRefused(double minutes)
        => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SurveyState(Whole, MoveMinutes.Text, minutes));
}
