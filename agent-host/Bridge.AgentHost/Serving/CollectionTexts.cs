using System.Globalization;
using System.Text;
using Bridge.Agents.Planning;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>What a collection says of itself when a person asks: <c>explain</c>.</summary>
internal sealed class CollectionTexts(string session, CollectionState state, LivePlanner planner, Envelope envelope, MoveTimer timer, ShadowRecord shadow, GoalKeeper goal, ScoringProgress scoring, PredictionRecord predictions, string minutesFrom)
{
    /// <summary>Moves to look ahead: so many that a plan takes a second or so, on large grids too.</summary>
    private const int LeastMoves = 20, MostMoves = 500, HolesTimesMoves = 2_000_000;

    /// <exception cref="ContractException">Nothing of that name can be explained, or there is no such item.</exception>
    public string Explain(string about, SuggestionReply? last)
    {
        switch (about)
        {
            case "last":
                return last is null ? "nothing was suggested yet" : last.Target is { } target ? $"item {target.Item}: {last.Why}" : last.Why;
            case "reasons":
                return last?.Reasons?.ToString(Newtonsoft.Json.Formatting.None) ?? $"planner {planner.Name} gave no reasons in numbers; Explain last has its sentence, and planner bayes gives numbers";
            case "session":
                string left = double.IsInfinity(state.MinutesLeft) ? "no limit" : Invariant($"{state.MinutesLeft:0.#} min left");
                string towards = goal.Sentence is { Length: > 0 } sentence ? "\n" + sentence : "";
                string beside = shadow.Asked > 0 ? "\n" + shadow.Compare(state).Sentence : "";
                string scores = scoring.Sentence is { Length: > 0 } scored ? "\n" + scored : "";
                string worth = predictions.Sentence(planner.Name) is { Length: > 0 } told ? "\n" + told : "";
                return Invariant($"session '{session}', planner {planner.Name}: {state.Good} good of {state.Measured} measured, {state.Unvisited} of {state.Grid.Holes.Count} targets not visited, {left}{towards}{beside}{scores}{worth}");
            case "plan":
                return Plan();
            case "minutes":
                return Invariant($"minutes of a move and its exposure: {state.Minutes.SamePatch:0.##} within a patch, {state.Minutes.SameSquare:0.##} within a square, {state.Minutes.SameGridImage:0.##} within a grid-level image, {state.Minutes.OtherGridImage:0.##} beyond")
                    + Invariant($" (learned from {timer.Moves(MoveLevel.SamePatch)}, {timer.Moves(MoveLevel.SameSquare)}, {timer.Moves(MoveLevel.SameGridImage)} and {timer.Moves(MoveLevel.OtherGridImage)} moves of this session; before them, {minutesFrom}, which count for {LearnedMinutes.PriorMoves})");
        }
        if (about.StartsWith("item ", StringComparison.Ordinal) && int.TryParse(about.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int item))
            return Item(HoleOf(item));
        throw new ContractException(FaultCode.BadField, $"explain: 'about' must be last, reasons, session, plan, minutes or item N, got '{about}'");
    }

    /// <exception cref="ContractException">There is no such item.</exception>
    public Hole HoleOf(int item) => state.Grid.FindItem(item)
        ?? throw new ContractException(FaultCode.UnknownItem, $"no item {item} in session '{session}'; it has {state.Grid.Holes.Count} targets, open a new session if the Navigator has changed");

    private string Plan()
    {
        PlanForecast plan = PlanForecast.Make(planner.Now, state, Math.Clamp(HolesTimesMoves / state.Grid.Holes.Count, LeastMoves, MostMoves));
        var text = new StringBuilder();
        foreach (PlannedSquare square in plan.Squares)
            text.Append(CultureInfo.InvariantCulture, $"{(square.Square.Length > 0 ? "square " + square.Square : "the list")}: minute {square.FromMin:0.#} to {square.ToMin:0.#} from now, {square.Holes} holes, {square.Good:0.#} good expected\n");
        text.Append(CultureInfo.InvariantCulture, $"in all {plan.Squares.Sum(square => square.Holes)} holes, {plan.Squares.Sum(square => square.Good):0.#} good expected; {(plan.IsWhole ? "then: " : "")}{plan.End}");
        return text.ToString();
    }

    private string Item(Hole hole)
    {
        double ctfA = state.MeasuredCtfA(hole.Index);
        string seen = envelope.RefusalOf(hole) is { } refusal ? $"not allowed ({refusal})" : !double.IsNaN(ctfA) ? Invariant($"measured {ctfA:0.##} Å") : state.IsVisited(hole.Index) ? "visited, no result yet" : "not visited";
        string predicted = double.IsNaN(hole.PredictedCtfA) ? "no prediction" : Invariant($"predicted {hole.PredictedCtfA:0.##} Å");
        string believed = double.IsNaN(ctfA) && planner.Now.Explain(hole.Index) is { } belief ? Invariant($", good with probability {belief.Probability:0.00} ({belief.Low:0.00} to {belief.High:0.00})") : "";
        return Invariant($"item {hole.Item} '{hole.Id}' at {hole.Stage.X:0.##}, {hole.Stage.Y:0.##} µm: {seen}, {predicted}{believed}, {state.MinutesTo(hole.Index):0.#} min from here");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
