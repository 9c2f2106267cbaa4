using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Weights;
using Bridge.Contracts;

namespace Bridge.Agents.Planning.Learned;

/// <summary>The kinds of learned planners: how each reads its weights.</summary>
/// <param name="readers">By planner name: reads a safetensors file. Whatever is wrong with the file (not there, damaged, another shape or version) is
/// thrown as an <see cref="IOException"/>, <see cref="InvalidDataException"/> or <see cref="UnauthorizedAccessException"/> that names the cause.</param>
public sealed class PlannerModels(IReadOnlyDictionary<string, Func<string, IPlannerModel>> readers)
{
    /// <summary>All that Bridge has. A new learner adds its line here, and its name works in <c>serve</c> and <c>evaluate</c>.</summary>
    public static PlannerModels All { get; } = new(Learners.Names.ToDictionary(name => name, name => (Func<string, IPlannerModel>)(path => LearnedModel.Read(name, path))));

    public IReadOnlyList<string> Names { get; } = [.. readers.Keys];

    /// <summary>Reads <c>NAME=FILE</c>: which learner, and its weights. A card beside the file is checked where there is one.</summary>
    /// <exception cref="ContractException">There is no such learner, or the file cannot be used; the message says why.</exception>
    public IPlannerModel Read(string nameAndFile)
    {
        string[] parts = nameAndFile.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2 || parts[0].Length == 0 || parts[1].Length == 0)
            throw new ContractException(FaultCode.BadField, $"a model is given as NAME=FILE, the learned planner and its weights; got '{nameAndFile}'");
        return Read(parts[0], parts[1], needsCard: false);
    }

    /// <summary>Reads the weights of a learner.</summary>
    /// <param name="needsCard">The file must have a card beside it.</param>
    /// <exception cref="ContractException">There is no such learner, or the file cannot be used; the message says why.</exception>
    public IPlannerModel Read(string name, string path, bool needsCard)
    {
        if (!readers.TryGetValue(name, out Func<string, IPlannerModel>? read))
            throw new ContractException(FaultCode.UnknownPlanner, $"there is no learned planner '{name}'; there is {(Names.Count == 0 ? "none in this version" : string.Join(", ", Names))}");
        try
        {
            ModelCard.Check(path, needsCard);
            return read(path);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"the model {path} cannot be used for planner '{name}': {e.Message}", e);
        }
    }
}
