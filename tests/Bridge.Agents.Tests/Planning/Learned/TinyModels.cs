using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Tests.Planning.CryoRL;

namespace Bridge.Agents.Tests.Planning.Learned;

/// <summary>One model of every learner, hardly trained: what all planners must obey does not depend on the weights.</summary>
internal static class TinyModels
{
    public static IReadOnlyDictionary<string, LearnedModel> ByName { get; } = Learners.Names.ToDictionary(name => name, Train);

    /// <summary>All planners by name, with and without weights.</summary>
    public static PlannerCatalog Catalog { get; } = new PlannerCatalog([]).With([.. ByName.Values]);

    private static LearnedModel Train(string learner)
        => new PlannerTraining(Learners.Settings(learner) with { WarmUpSteps = 20 }, [ToyGrid.Create()]) { Epochs = 1, StepsPerEpoch = 10, ScoreStarts = 1, Data = "toy" }.Run()[0].Model;
}
