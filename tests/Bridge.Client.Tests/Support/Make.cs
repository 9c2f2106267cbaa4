using Bridge.Contracts;

namespace Bridge.Client.Tests.Support;

internal static class Make
{
    /// <summary>Impatient settings, so that a host counts as away after some 0.3 s.</summary>
    public static BridgeClientOptions Options(string endpoint) => new()
    {
        Endpoint = endpoint,
        Deadline = TimeSpan.FromMilliseconds(5),
        AttemptTimeout = TimeSpan.FromMilliseconds(100),
        BreakAfter = 2,
        BreakFor = TimeSpan.FromMilliseconds(500),
    };

    /// <summary>Settings under which a host never counts as away within a test.</summary>
    public static BridgeClientOptions Patient(string endpoint) => Options(endpoint) with { BreakAfter = 100, AttemptTimeout = TimeSpan.FromSeconds(1) };

    public static OpenSessionRequest Opening(string session, params StageUm[] stages)
        => new(session) { Targets = [.. stages.Select((stage, i) => new Target { Item = i + 1, Id = $"{i + 1}", Stage = stage })] };

    /// <summary>Holes 10 µm apart on the x axis, the first at 10 µm.</summary>
    public static StageUm[] Row(int count) => [.. Enumerable.Range(1, count).Select(i => new StageUm(10 * i, 0, 0))];
}
