using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Hierarchy;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Hierarchy;

[TestClass]
public sealed class HierarchyEvaluationTests
{
    private static readonly MeasuredGrid Simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(900, seed: 5));

    [TestMethod]
    public void Run_AdaptiveSurvey_FindsMoreThanSurveyingAllAndThanAList()
    {
        double[] good = new double[3], surveyed = new double[3];

        for (int seed = 0; seed < 6; seed++) // a list may begin with the best square by chance
        {
            MeasuredGrid grid = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(900, seed));
            var rows = new HierarchyEvaluation(grid, MoveMinutes.Text, 1).Run("sim", HierarchyEvaluation.Names, [150], starts: 1, seed);
            for (int i = 0; i < 3; i++)
                (good[i], surveyed[i]) = (good[i] + rows[i].Score.Mean, surveyed[i] + rows[i].Surveyed);
        }

        Console.WriteLine(string.Join("; ", HierarchyEvaluation.Names.Select((name, i) => $"{name} {good[i] / 6:0.0} of {surveyed[i] / 6:0.0} patches")));
        Assert.IsGreaterThan(1.2 * good[1], good[0]);
        Assert.IsGreaterThan(1.1 * good[2], good[0]);
        Assert.IsLessThan(surveyed[1], surveyed[0]);
    }

    [TestMethod]
    public void Play_EveryPlannerAndOddMinutes_KeepsTheRules()
    {
        foreach (MoveMinutes minutes in new[] { MoveMinutes.Summed, new MoveMinutes(2, 2, 2, 2), new MoveMinutes(0.5, 4, 4, 30) })
        {
            var evaluation = new HierarchyEvaluation(Simulated, minutes, 0.7);
            foreach (IHierarchyPlanner planner in new IHierarchyPlanner[] { new AdaptiveSurvey(), new SurveyFirst(), new FixedOrder() })
                Assert.IsGreaterThanOrEqualTo(0, evaluation.Play(planner, 61.3, firstHole: 17).Good); // Play throws where a rule is broken
        }
    }

    [TestMethod]
    public void Play_TwoRuns_AreTheSame()
    {
        var evaluation = new HierarchyEvaluation(Simulated, MoveMinutes.Text, 1);

        Assert.AreEqual(evaluation.Play(new AdaptiveSurvey(), 120, 3), evaluation.Play(new AdaptiveSurvey(), 120, 3));
    }

    [TestMethod]
    public void Next_PatchWithoutGoodHoles_IsLeftForAnImageOfAnother()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.001 0.001 0.001 0.001", "g/s/q: 0.9 0.9 0.9 0.9");
        var state = new SurveyState(grid.Grid, MoveMinutes.Text, 1);
        state.Survey(0);
        state.State.Visit(0);
        state.State.MinutesLeft = 9;

        HierarchyAction action = new AdaptiveSurvey().Next(state);

        var survey = (HierarchyAction.Survey)action;
        Assert.AreEqual((1, MoveLevel.SameSquare), (survey.Patch, survey.Leaves));
    }

    [TestMethod]
    public void Next_GoodHolesAtHand_AreTakenBeforeAnImage()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.9 0.9 0.9", "g/s/q: 0.9 0.9 0.9 0.9");
        var state = new SurveyState(grid.Grid, MoveMinutes.Text, 1);
        state.Survey(0);
        state.State.Visit(0);
        state.State.MinutesLeft = 30;

        var shoot = (HierarchyAction.Shoot)new AdaptiveSurvey().Next(state);

        Assert.AreEqual(MoveLevel.SamePatch, shoot.Leaves);
    }

    [TestMethod]
    public void Run_UnknownPlanner_IsRefusedByName()
    {
        ContractException refused = Assert.ThrowsExactly<ContractException>(() => new HierarchyEvaluation(Simulated, MoveMinutes.Text, 1).Run("sim", ["rate"], [60], 1, 0));

        StringAssert.Contains(refused.Message, "'rate'");
    }
}
