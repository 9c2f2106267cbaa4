using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Learned;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>The planners that sessions get. A microscope must not stand still for a file: where a learned planner has no weights,
/// <see cref="Planners.Default"/> plans, and whoever opened the session is told why.</summary>
public sealed class HostPlanners
{
    private readonly PlannerCatalog _catalog;
    private readonly string _default;
    private readonly PlannerModels _kinds;
    private readonly string? _whyNoModel;

    private readonly string _shadow;

    private HostPlanners(PlannerCatalog catalog, PlannerModels kinds, string preferred, string shadow, string? whyNoModel)
    {
        (_catalog, _kinds, _shadow, _whyNoModel) = (catalog, kinds, shadow, whyNoModel);
        _default = preferred.Length > 0 ? preferred : catalog.Default;
    }

    /// <summary>Only planners that need no weights.</summary>
    public static HostPlanners WithoutModels { get; } = new(PlannerCatalog.WithoutModels, PlannerModels.All, "", "", null);

    /// <summary>All names that a session may ask for, the one that it gets without asking first.</summary>
    public IReadOnlyList<string> Names => [.. _catalog.Names.OrderBy(name => name == Usual ? 0 : 1)];

    private string Usual => _catalog.Names.Contains(_default) ? _default : Planners.Default;

    /// <summary>Reads the model that the settings name and those that came with the program, and says so in the log if one cannot be used.</summary>
    /// <param name="shippedFolder">Where those that came with the program lie.</param>
    public static HostPlanners Load(AgentHostOptions options, PlannerModels kinds, string shippedFolder, ILogger<HostPlanners> logger)
    {
        PlannerCatalog catalog = PlannerCatalog.WithoutModels;
        string? whyNoModel = null;
        try
        {
            if (options.Model.Length > 0)
            {
                catalog = new PlannerCatalog([kinds.Read(options.Model)]);
                logger.DidReadModel(options.Model, catalog.Default);
            }
        }
        catch (ContractException e)
        {
            whyNoModel = e.Message;
            logger.CannotUseModel(e.Message, Planners.Default);
        }
        catalog = catalog.WithShipped(kinds, shippedFolder);
        foreach (string why in catalog.Unusable.Values)
            logger.CannotUseModel(why, Planners.Default);
        return new HostPlanners(catalog, kinds, options.Planner, options.Shadow, whyNoModel);
    }

    /// <summary>A planner for a session.</summary>
    /// <param name="asked">Its name; null takes the default.</param>
    /// <returns>The planner, and what the client should know about it, or null.</returns>
    /// <exception cref="ContractException">There is no such planner.</exception>
    public (IPlanner Planner, string? Warning) Create(string? asked, OpenSessionRequest opening, Grid grid)
    {
        string name = asked ?? _default;
        PlannerSetup setup = SetupOf(opening, grid);
        if (_catalog.Names.Contains(name) || !_kinds.Names.Contains(name))
            return (_catalog.Create(name, setup), _whyNoModel is not null && (asked is null || _kinds.Names.Contains(name)) ? $"{_whyNoModel}; planner '{name}' is used" : null);
        string why = _catalog.Unusable.GetValueOrDefault(name) ?? _whyNoModel ?? $"planner '{name}' has no weights here; start the host with --model {name}=FILE";
        return (_catalog.Create(Planners.Default, setup), $"{why}; planner '{Planners.Default}' is used");
    }

    /// <summary>The planner that advises silently in a session, and what the client should know about it; null and null without one.</summary>
    /// <exception cref="ContractException">There is no such planner.</exception>
    public (IPlanner? Planner, string? Warning) CreateShadow(OpenSessionRequest opening, Grid grid)
        => (opening.Shadow ?? _shadow) is { Length: > 0 } name ? Create(name, opening, grid) : (null, null);

    /// <summary>What an opening tells a planner.</summary>
    public static PlannerSetup SetupOf(OpenSessionRequest opening, Grid grid) => new(grid, opening.Seed)
    {
        Minutes = Domain.Sessions.MoveMinutes.Parse(opening.Minutes ?? "text"),
        BudgetMinutes = opening.MinutesLeft ?? double.PositiveInfinity,
    };
}
