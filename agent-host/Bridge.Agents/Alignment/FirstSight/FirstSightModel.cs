using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Weights;
using Bridge.Contracts;

namespace Bridge.Agents.Alignment.FirstSight;

/// <summary>The weights of <see cref="FirstSightPolicy"/>, read once. Thread-safe.</summary>
public sealed class FirstSightModel
{
    /// <summary>Where the weights lie that came with the program.</summary>
    public static string ShippedFile { get; } = Path.Combine(ModelCard.ShippedFolder, AlignmentPolicies.FirstSight + ".safetensors");

    private static readonly Lazy<FirstSightModel> LazyShipped = new(() => Read(ShippedFile, needsCard: true));

    private readonly GaussianActor _actor;
    private readonly Lock _gate = new(); // an actor has one set of buffers

    /// <param name="actor">Belongs to the model from now on.</param>
    public FirstSightModel(GaussianActor actor) => _actor = actor;

    public static bool IsShipped => File.Exists(ShippedFile);

    /// <summary>The weights that came with the program.</summary>
    /// <exception cref="ContractException">They cannot be used.</exception>
    public static FirstSightModel Shipped => LazyShipped.Value;

    /// <param name="needsCard">The file must have a card beside it; where there is one it is checked.</param>
    /// <exception cref="ContractException">The file cannot be used; the message says why.</exception>
    public static FirstSightModel Read(string path, bool needsCard = false)
    {
        try
        {
            ModelCard.Check(path, needsCard);
            return new FirstSightModel(SacFile.Read(path, AlignmentPolicies.FirstSight, FirstSightView.Width, actions: 2, new SacSettings { ReplayCapacity = 1 }, seed: 0).Averaged);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"the model {path} cannot be used for alignment policy '{AlignmentPolicies.FirstSight}': {e.Message}", e);
        }
    }

    /// <summary>A policy for one alignment.</summary>
    public FirstSightPolicy Create(AlignmentSettings settings) => new(settings, (state, action) =>
    {
        lock (_gate)
            _actor.Act(state, action);
    });
}
