using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>One of the collections that are played while learning; begins again on any grid whenever it is over.</summary>
internal sealed class TrainingEpisode
{
    private readonly IReadOnlyList<TrainingGrid> _grids;
    private readonly MoveMinutes _minutes;
    private readonly double _budgetMinutes;
    private readonly NStepReturns _returns;
    private readonly LearnerSettings _settings;
    private readonly Random _random;
    private TrainingGrid _grid;
    private Candidates _candidates;
    private GridCollection _collection;

    public TrainingEpisode(IReadOnlyList<TrainingGrid> grids, MoveMinutes minutes, double budgetMinutes, LearnerSettings settings, Random random)
    {
        (_grids, _minutes, _budgetMinutes, _random) = (grids, minutes, budgetMinutes, random);
        _returns = new NStepReturns(settings.ReturnSteps, settings.Gamma);
        _settings = settings;
        (_grid, _candidates, _collection, State) = Begin();
    }

    /// <summary>The candidates now; one or more.</summary>
    public StateRows State { get; private set; }

    /// <summary>A candidate as exploring takes it, in proportion to the holes behind it.</summary>
    public int DrawRow() => _candidates.DrawRow(_random);

    /// <summary>Goes to the hole of a row.</summary>
    /// <param name="done">Told every transition that is complete.</param>
    public void Move(int row, Action<Transition> done)
    {
        StateRows before = State;
        CollectionStep step = _collection.Move(_candidates.HoleOf(row));
        bool over = step.End != CollectionEnd.None, terminated = step.End == CollectionEnd.AllVisited || (over && !_settings.ExpectsAfterTimeUp);
        if (over)
            _collection.State.MinutesLeft = double.PositiveInfinity; // what could be visited if there were time
        if (!terminated)
            State = Look(_candidates, _collection, _grid);
        _returns.Add(before, row, step.Reward, _settings.DiscountsMinutes ? step.Minutes / _minutes.SamePatch : 1, State, terminated, over, done);
        if (over)
            (_grid, _candidates, _collection, State) = Begin();
    }

    private (TrainingGrid, Candidates, GridCollection, StateRows) Begin()
    {
        TrainingGrid grid = _grids[_random.Next(_grids.Count)];
        var collection = new GridCollection(grid.Truth, _minutes, _budgetMinutes, LastMove.Strict) { Rewards = _settings.Rewards };
        collection.Start(_random.Next(grid.Truth.Grid.Holes.Count));
        var candidates = new Candidates(grid.Truth.Grid, _settings.Evidence);
        return (grid, candidates, collection, Look(candidates, collection, grid));
    }

    private static StateRows Look(Candidates candidates, GridCollection collection, TrainingGrid grid)
    {
        candidates.Find(collection.State, grid.Elimination);
        return new StateRows(candidates);
    }
}
