using Bridge.Agents.Planning.Hierarchy;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Hierarchy;

[TestClass]
public sealed class AdaptiveSurveyTests
{
    /// <summary>An image costs what its square and the results cost. That must never change an answer.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    public void Next_AfterImages_AnswersAsOneMadeAnew(int seed)
    {
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForTraining(7, seed));
        Grid whole = truth.Grid;
        var random = new Random(seed);
        var state = new SurveyState(whole, MoveMinutes.Text, 1);
        state.State.MinutesLeft = 400;
        Arrive(random.Next(whole.Holes.Count));
        var survey = new AdaptiveSurvey();
        int images = 0;
        for (int step = 0; step < 80; step++)
        {
            var anew = new AdaptiveSurvey();

            HierarchyAction expected = anew.Next(state), answer = survey.Next(state);

            Assert.AreEqual(expected, answer, $"step {step}");
            int any = random.Next(whole.Holes.Count);
            Assert.AreEqual(anew.Probability(any), survey.Probability(any), $"hole {any} at step {step}");
            switch (expected)
            {
                case HierarchyAction.Survey look:
                    state.Survey(look.Patch);
                    images++;
                    break;
                case HierarchyAction.Shoot shoot:
                    Arrive(shoot.Hole);
                    break;
                default:
                    state.State.MinutesLeft = 400;
                    break;
            }
            state.State.MinutesLeft = Math.Max(0, state.State.MinutesLeft - 3);
            switch (random.Next(12))
            {
                case 0: // a hole of a patch that was not seen
                    Arrive(random.Next(whole.Holes.Count));
                    break;
                case 1: // another classifier says otherwise
                    state.State.See(state.Known.WithPredictions([(any, 1 + (10 * random.NextDouble()), double.NaN)]));
                    break;
                case 2:
                    state.State.PutBack(any);
                    break;
                case 3: // asked for, and nothing was told of it
                    state.State.SetSurveyed(random.Next(whole.Patches.Count));
                    break;
            }
        }
        Assert.IsGreaterThan(3, images);

        void Arrive(int hole)
        {
            bool first = double.IsNaN(state.State.MeasuredCtfA(hole));
            state.State.Visit(hole);
            state.State.Record(hole, truth.CtfA[hole]);
            if (first)
                state.Results.Add(hole);
        }
    }
}
