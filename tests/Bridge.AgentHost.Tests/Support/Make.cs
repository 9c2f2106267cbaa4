using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Tests.Support;

/// <summary>Builders that hide what does not matter.</summary>
internal static class Make
{
    /// <summary>A simulated grid of some 300 holes.</summary>
    public static MeasuredGrid Specimen(int holes = 300, int seed = 1) => SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed));

    /// <summary>Opens a session with the client's clock at 0 and 480 minutes.</summary>
    public static OpenSessionRequest Opening(MeasuredGrid specimen, string session = "s", string planner = "rate") => new(session)
    {
        Targets = [.. specimen.Grid.ToTargets()],
        Planner = planner,
        MinutesLeft = 480,
        ClockMin = 0,
    };

    public static BridgeMessage Message(Request request, string? requestId = null) => request.ToMessage(requestId ?? Ids.New());
}
