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

    /// <summary>What partial scans get.</summary>
    public HostScans Scans { get; private set; } = HostScans.WithoutModel;

    /// <summary>What scores holes.</summary>
    public HostClassifier Classifier { get; private set; } = HostClassifier.WithoutModel;

    /// <summary>All names that a session may ask for, the one that it gets without asking first.</summary>
    public IReadOnlyList<string> Names => [.. _catalog.Names.OrderBy(name => name == Usual ? 0 : 1), .. Planners.OfSessions];

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

    /// <summary>These planners, and scans by others.</summary>
    public HostPlanners With(HostScans scans)
    {
        var copy = (HostPlanners)MemberwiseClone();
        copy.Scans = scans;
        return copy;
    }

    /// <summary>The same with this classifier.</summary>
    public HostPlanners With(HostClassifier classifier)
    {
        var copy = (HostPlanners)MemberwiseClone();
        copy.Classifier = classifier;
        return copy;
    }

    /// <summary>Makes planners for a session.</summary>
    /// <param name="asked">Their name; null takes the default.</param>
    /// <returns>What makes them, and what the client should know about it, or null.</returns>
    /// <exception cref="ContractException">There is no such planner, or it has no use for something in the opening.</exception>
    public (Func<Grid, IPlanner> Create, string? Warning) MakerOf(string? asked, OpenSessionRequest opening)
    {
        string name = asked ?? _default;
        if (opening.SurveyMinutes is not null && name != Planners.Surveying)
            throw new ContractException(FaultCode.BadField, $"open_session: 'survey_minutes' is for planner '{Planners.Surveying}', and '{name}' asks for no images");
        if (opening.Goal?.Count == GoalCount.Score && name != "bayes")
            throw new ContractException(FaultCode.BadField, $"open_session: a goal that counts scores needs planner 'bayes', and this is '{name}'");
        if ((opening.MaxShiftUm is not null || opening.ShotMinutes is not null) && name != Planners.Grouping)
            throw new ContractException(FaultCode.BadField, $"open_session: 'max_shift_um' and 'shot_minutes' are for planner '{Planners.Grouping}', and '{name}' takes one shot at a place");
        if (_catalog.Names.Contains(name) || !_kinds.Names.Contains(name))
            return (Maker(name, opening), _whyNoModel is not null && (asked is null || _kinds.Names.Contains(name)) ? $"{_whyNoModel}; planner '{name}' is used" : null);
        string why = _catalog.Unusable.GetValueOrDefault(name) ?? _whyNoModel ?? $"planner '{name}' has no weights here; start the host with --model {name}=FILE";
        return (Maker(Planners.Default, opening), $"{why}; planner '{Planners.Default}' is used");
    }

    /// <summary>Makes the planner that advises silently in a session; null without one.</summary>
    /// <inheritdoc cref="MakerOf"/>
    public (Func<Grid, IPlanner>? Create, string? Warning) ShadowMakerOf(OpenSessionRequest opening)
    {
        if ((opening.Shadow ?? _shadow) is not { Length: > 0 } name)
            return (null, null);
        return !Planners.OfSessions.Contains(name)
            ? MakerOf(name, opening with { Goal = null, SurveyMinutes = null, MaxShiftUm = null, ShotMinutes = null })
            : throw new ContractException(FaultCode.BadField, $"open_session: '{name}' cannot be the shadow, because it does more than go from hole to hole");
    }

    private Func<Grid, IPlanner> Maker(string name, OpenSessionRequest opening) => grid => _catalog.Create(name, SetupOf(opening, grid));

    /// <summary>What an opening tells a planner.</summary>
    public static PlannerSetup SetupOf(OpenSessionRequest opening, Grid grid) => new(grid, opening.Seed)
    {
        Minutes = Domain.Sessions.MoveMinutes.Parse(opening.Minutes ?? "text"),
        BudgetMinutes = opening.MinutesLeft ?? double.PositiveInfinity,
        SurveyMinutes = opening.SurveyMinutes ?? 1,
        CountsScores = opening.Goal?.Count == GoalCount.Score,
        MaxShiftUm = opening.MaxShiftUm ?? 0,
        ShotMinutes = opening.ShotMinutes ?? 0.5,
    };
}
