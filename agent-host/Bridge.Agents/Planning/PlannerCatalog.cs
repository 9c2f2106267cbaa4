using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
using Bridge.Contracts;

namespace Bridge.Agents.Planning;

/// <summary>The planners that one program offers: those without weights, and those whose weights it has read.</summary>
public sealed class PlannerCatalog
{
    private readonly IReadOnlyList<IPlannerModel> _models;

    /// <param name="models">Read models, each with a name of its own.</param>
    /// <exception cref="ContractException">Two models of one name, or one with the name of a planner that needs none.</exception>
    public PlannerCatalog(IReadOnlyList<IPlannerModel> models) : this(models, models.Count > 0 ? models[0].Name : Planners.Default, new Dictionary<string, string>())
    {
    }

    private PlannerCatalog(IReadOnlyList<IPlannerModel> models, string preferred, IReadOnlyDictionary<string, string> unusable)
    {
        (_models, Default, Unusable) = (models, preferred, unusable);
        Names = [.. models.Select(model => model.Name), .. Planners.Names];
        foreach (IGrouping<string, string> name in Names.GroupBy(name => name).Where(name => name.Count() > 1))
            throw new ContractException(FaultCode.BadField, $"planner '{name.Key}' is given {name.Count()} times; give one model for each");
    }

    /// <summary>Only the planners that need no weights.</summary>
    public static PlannerCatalog WithoutModels { get; } = new([]);

    /// <summary>These planners and those of more models, each in the place of one of its name. The default stays.</summary>
    public PlannerCatalog With(IReadOnlyList<IPlannerModel> models)
        => new([.. _models.Where(model => !models.Any(other => other.Name == model.Name)), .. models], Default,
            Unusable.Where(pair => !models.Any(model => model.Name == pair.Key)).ToDictionary());

    /// <summary>These planners and those whose weights came with the program: files <c>NAME.safetensors</c>, each with its card. The default stays. What
    /// cannot be used is in <see cref="Unusable"/>, so that only whoever asks for it is troubled.</summary>
    /// <param name="kinds">How weights are read.</param>
    /// <param name="folder">Where the files are; need not exist.</param>
    public PlannerCatalog WithShipped(PlannerModels kinds, string folder)
    {
        var shipped = new List<IPlannerModel>(_models);
        var unusable = new Dictionary<string, string>(Unusable);
        foreach (string name in kinds.Names.Except(Names))
        {
            string path = Path.Combine(folder, name + ".safetensors");
            try
            {
                if (File.Exists(path) || File.Exists(ModelCard.PathOf(path)))
                    shipped.Add(kinds.Read(name, path, needsCard: true));
            }
            catch (ContractException e)
            {
                unusable[name] = e.Message;
            }
        }
        return new PlannerCatalog(shipped, Default, unusable);
    }

    /// <summary>All names, learned ones first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The planner of whoever does not ask for one: the first model's, else <see cref="Planners.Default"/>.</summary>
    public string Default { get; }

    /// <summary>Planners whose weights came with the program and cannot be used, and why.</summary>
    public IReadOnlyDictionary<string, string> Unusable { get; }

    /// <summary>A planner for one collection.</summary>
    /// <exception cref="ContractException">There is no planner of this name, or it cannot plan for this setup.</exception>
    public IPlanner Create(string name, PlannerSetup setup)
        => _models.FirstOrDefault(model => model.Name == name) is { } model ? model.Create(setup)
            : Unusable.TryGetValue(name, out string? why) ? throw new ContractException(FaultCode.UnreadableFile, why)
            : PlannerModels.All.Names.Contains(name) ? throw new ContractException(FaultCode.UnknownPlanner, $"planner '{name}' needs its weights; start with --model {name}=FILE")
            : Planners.Names.Contains(name) || Planners.OfSessions.Contains(name) ? Planners.Create(name, setup)
            : throw new ContractException(FaultCode.UnknownPlanner, $"there is no planner '{name}'; choose {string.Join(", ", Names)}");
}
