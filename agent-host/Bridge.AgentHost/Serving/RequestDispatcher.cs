using Bridge.Contracts;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>Takes a decoded message to whoever answers it. Called by the socket thread.</summary>
public sealed class RequestDispatcher(SessionRegistry sessions, HostPlanners planners, ILogger<RequestDispatcher> logger)
{
    /// <summary>Version of the program, from <c>Directory.Build.props</c>.</summary>
    public static string Version { get; } = typeof(RequestDispatcher).Assembly.GetName().Version!.ToString(3);

    /// <param name="answer">Called once, now or later, on this thread or on a session's.</param>
    public void Dispatch(BridgeMessage message, Action<Reply> answer)
    {
        try
        {
            if (message.Type == MessageTypes.Hello)
            {
                Request.Parse(message);
                answer(new WelcomeReply(Version, planners.Names, sessions.OpenIds));
                return;
            }
            // Only the session's name is read here; the rest is parsed in the session's mailbox.
            if (!IsSessionRequest(message.Type))
                throw new ContractException(FaultCode.UnknownMessageType, $"no message type '{message.Type}' in {Protocol.Version}; plugin/README.md lists them");
            sessions.Post(new Fields(message.Type, message.Body).Id("session"), message, answer);
        }
        catch (ContractException e)
        {
            answer(FaultReply.From(e));
        }
        catch (Exception e)  // the top of a request: a bug must not end the socket's thread
        {
            logger.RequestFailed(e, message.Type, message.RequestId);
            answer(new FaultReply(FaultCode.Internal, $"{message.Type} failed: {e.Message} The host's log has the details; please report it."));
        }
    }

    private static bool IsSessionRequest(string type) => MessageTypes.OpensSession(type) || type
        is MessageTypes.SetBudget or MessageTypes.SetEndTime or MessageTypes.SetGoal or MessageTypes.UpdateStage or MessageTypes.Suggest or MessageTypes.ReportVisit or MessageTypes.ReportCtf or MessageTypes.ReportMove or MessageTypes.ReportPredictions or MessageTypes.ScoreHoles or MessageTypes.ReportSkipped
        or MessageTypes.ObserveBeam or MessageTypes.NextBeamShift or MessageTypes.ObserveSegment or MessageTypes.NextSegment or MessageTypes.GetScanImage
        or MessageTypes.Explain or MessageTypes.CloseSession;
}
