using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Learned;

namespace Bridge.Agents.Tests.Planning.Learned;

/// <summary>A learned planner whose weights are one line of text: "nearest first" makes it plan like nearest.</summary>
internal sealed class ToyModel : IPlannerModel
{
    public const string Kind = "toy";

    public static PlannerModels Kinds { get; } = new(new Dictionary<string, Func<string, IPlannerModel>> { [Kind] = Read });

    public string Name => Kind;

    public static IPlannerModel Read(string path) => File.ReadAllText(path).Trim() == "nearest first"
        ? new ToyModel()
        : throw new InvalidDataException("it does not say 'nearest first'");

    public IPlanner Create(PlannerSetup setup) => new NearestPlanner(setup.Grid);
}
