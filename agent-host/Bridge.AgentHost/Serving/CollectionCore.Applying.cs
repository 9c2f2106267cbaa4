using Bridge.Agents.Planning;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>What was decided is carried out here, in a session and when it is resumed from its journal.</summary>
public sealed partial class CollectionCore
{
    /// <inheritdoc/>
    public void Apply(SessionRequest request, Reply reply, double atMin)
    {
        switch (request)
        {
            case OpenSessionRequest open:
                _envelope.Set(open.Allowed);
                if (open.Goal is { } goal)
                    SetGoal(goal);
                if (((reply as SessionOpenedReply)?.MinutesLeft ?? open.MinutesLeft) is { } minutes)
                    _deadlineMin = atMin + minutes;
                break;
            case SetGoalRequest set:
                SetGoal(set.Goal);
                break;
            case SetEndTimeRequest when reply is AckReply { MinutesLeft: { } untilEnd }:
                _deadlineMin = atMin + untilEnd;
                break;
            case SetBudgetRequest budget:
                _deadlineMin = atMin + budget.MinutesLeft;
                break;
            case UpdateStageRequest update:
                _state.StandAt(_state.Grid.Nearest(update.Stage).Index);
                break;
            case SuggestRequest when reply is SuggestionReply suggestion:
                Suggested(suggestion, atMin);
                break;
            case ReportMoveRequest move:
                _timer.Tell(HoleOf(move.Item).Index, move.Minutes);
                break;
            case ReportPredictionsRequest told:
                See(told);
                break;
            case ScoreHolesRequest score:
                Scoring.Ask(score.Items);
                break;
            case ReportVisitRequest visit:
                _timer.Begin(HoleOf(visit.Item).Index, atMin);
                _state.Visit(HoleOf(visit.Item).Index);
                _goal.Take(HoleOf(visit.Item).Index, null);
                _envelope.Forget(HoleOf(visit.Item).Index);
                break;
            case ReportCtfRequest report:
                int hole = HoleOf(report.Item).Index;
                _timer.End(hole, atMin);
                if (_state.Grid.Holes[hole].HasPrediction && double.IsNaN(_state.MeasuredCtfA(hole)))
                    Predictions.Add(CtfCalibration.Default.Probability(_state.Grid.Holes[hole]), CollectionState.IsGood(report.CtfMaxResA));
                _state.Record(hole, report.CtfMaxResA, report.Score ?? double.NaN);
                _goal.Take(hole, null);
                if (report.DefocusUm is { } defocus)
                    _goal.Measure(hole, defocus);
                _planner.Observe(hole);
                _shadow?.Observe(hole);
                break;
            case ReportSkippedRequest skipped:
                Skipped(HoleOf(skipped.Item), skipped.Reason);
                break;
        }
    }

    private void Suggested(SuggestionReply suggestion, double atMin)
    {
        _suggestions++;
        _last = suggestion;
        int hole = suggestion.Target is { } target ? HoleOf(target.Item).Index : -1;
        if (suggestion.Shadow is { } advice)
            Shadow.Add(advice, hole, advice.Item > 0 ? HoleOf(advice.Item).Index : -1);
        if (suggestion.Kind == SuggestionKind.Survey)
        {
            // Asked for counts as taken, whatever it shows: a patch of which nothing is told afterwards is not asked for again.
            _timer.Leave(atMin);
            _state.SetSurveyed(_state.Grid.Holes[hole].Patch);
            _state.StandAt(hole);
        }
        else if (hole >= 0)
        {
            _timer.Begin(hole, atMin);
            _state.Visit(hole);
            _goal.Take(hole, suggestion.DefocusUm);
            foreach (Target other in suggestion.Others)
            {
                _state.MarkVisited(HoleOf(other.Item).Index);
                _goal.Take(HoleOf(other.Item).Index, suggestion.DefocusUm);
            }
        }
        // With nothing else left, what was put off is due at once.
        while (_later.TryPeek(out (int Hole, int Since) first) && (suggestion.Target is null || _suggestions - first.Since >= LaterAfter))
        {
            _later.Dequeue();
            if (double.IsNaN(_state.MeasuredCtfA(first.Hole)))
                _envelope.PutBack(first.Hole);
        }
    }

    private void Skipped(Hole hole, SkipReason reason)
    {
        _timer.Abandon();
        if (_last is { Kind: SuggestionKind.Survey, Target: { } asked } && asked.Item == hole.Item)
        {
            // No image of this patch: it is asked for again, or the patch is done.
            if (reason == SkipReason.Later)
                _state.SetSurveyed(hole.Patch, surveyed: false);
            foreach (int other in reason == SkipReason.Later ? [] : _state.Grid.Patches[hole.Patch].Holes)
            {
                _state.MarkVisited(other);
                _envelope.Forget(other);
            }
            return;
        }
        // The stage never was at this group's place.
        foreach (Target other in _last is { Target: { } centre } && centre.Item == hole.Item ? _last.Others : [])
        {
            if (double.IsNaN(_state.MeasuredCtfA(HoleOf(other.Item).Index)))
            {
                _envelope.PutBack(HoleOf(other.Item).Index);
                _goal.GiveBack(HoleOf(other.Item).Index);
            }
        }
        _state.MarkVisited(hole.Index);
        _goal.GiveBack(hole.Index);
        _envelope.Forget(hole.Index);
        if (reason == SkipReason.Later)
            _later.Enqueue((hole.Index, _suggestions));
    }

    private void See(ReportPredictionsRequest told)
    {
        var predictions = new List<(int, double, double)>(told.Predictions.Count);
        foreach (Prediction prediction in told.Predictions)
        {
            if (_state.Grid.FindItem(prediction.Item) is { } hole) // not a point that was added to the file since
                predictions.Add((hole.Index, prediction.CtfA ?? double.NaN, prediction.Probability ?? double.NaN));
        }
        Scoring.Tell(told.Predictions);
        _state.See(_state.Grid.WithPredictions(predictions));
        _planner.Predicted();
        _shadow?.Predicted();
    }

    private void SetGoal(Goal goal)
    {
        _goal.Set(goal);
        _envelope.Avoid(goal.Avoid);
    }
}
