using Bridge.Agents.Planning.Evaluation;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Demo;

/// <summary>Plays the microscope's part of one session: goes where the host says, measures what the grid holds, reports it. Minutes pass
/// on its own clock, so a night takes a second.</summary>
public sealed class SimulatedMicroscope(MeasuredGrid specimen, MoveMinutes minutes, double budgetMin)
{
    /// <summary>Longest wait for one answer. The first opening on a cold machine takes the longest.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    /// <summary>Collects until the host says stop.</summary>
    /// <param name="progress">Told the fraction of the budget used, 0 to 1.</param>
    /// <exception cref="ContractException">The host refused a request or did not answer.</exception>
    public RunResult Collect(BridgeClient client, BridgeClientOptions options, string planner, int seed, int firstHole, IProgress<double>? progress = null)
    {
        using var session = new ClientSession(client, options, $"demo-{planner}-{seed}-{Ids.New()[..8]}") { ClockMin = 0 };
        Expect(session.Open(
            new OpenSessionRequest(session.Session)
            {
                Targets = [.. specimen.Grid.ToTargets()],
                Planner = planner,
                Seed = seed,
                Minutes = minutes.ToString(),
                MinutesLeft = budgetMin,
            },
            AnswerLimit));
        var state = new CollectionState(specimen.Grid, minutes);
        Visit(session, state, firstHole, tellVisit: true);
        var visits = new List<RunVisit>();
        double clockMin = 0;
        while (Suggest(session) is { Target: { } target } suggestion)
        {
            int hole = specimen.Grid.FindItem(target.Item)!.Index;
            clockMin += state.MinutesTo(hole);
            session.ClockMin = clockMin;
            Visit(session, state, hole, tellVisit: false);
            visits.Add(new RunVisit(hole, clockMin, CollectionState.IsGood(specimen.CtfA[hole]), suggestion.Probability));
            progress?.Report(clockMin / budgetMin);
        }
        Expect(session.Tell(new CloseSessionRequest(session.Session), AnswerLimit));
        return new RunResult(firstHole, visits.Count(visit => visit.Good), visits);
    }

    private void Visit(ClientSession session, CollectionState state, int hole, bool tellVisit)
    {
        int item = specimen.Grid.Holes[hole].Item;
        state.Visit(hole);
        if (tellVisit)
            Expect(session.Tell(new ReportVisitRequest(session.Session, item), AnswerLimit));
        Expect(session.Tell(new ReportCtfRequest(session.Session, item, specimen.CtfA[hole]), AnswerLimit));
    }

    private static SuggestionReply Suggest(ClientSession session) => (SuggestionReply)Expect(session.SuggestNext(AnswerLimit));

    private static Reply Expect(Reply? reply) => reply switch
    {
        null => throw new ContractException(FaultCode.DeadlineExceeded, $"the host did not answer within {AnswerLimit.TotalSeconds:0} s"),
        FaultReply fault => throw new ContractException(fault.Code, fault.Message),
        _ => reply,
    };
}
