using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Who the host is.</summary>
/// <param name="HostVersion">Version of the program.</param>
/// <param name="Planners">Names that <c>open_session</c> accepts; the first is the default.</param>
/// <param name="Sessions">Names of the open sessions.</param>
public sealed record WelcomeReply(string HostVersion, IReadOnlyList<string> Planners, IReadOnlyList<string> Sessions) : Reply
{
    public override string Type => MessageTypes.Welcome;

    /// <summary>Memory that the host's objects take, in MiB; null of a host that does not say.</summary>
    public double? HeapMb { get; init; }

    private protected override void Write(JObject json)
    {
        json["host_version"] = HostVersion;
        json["planners"] = new JArray(Planners);
        json["sessions"] = new JArray(Sessions);
        if (HeapMb is not null)
            json["heap_mb"] = HeapMb;
    }

    internal static WelcomeReply Read(Fields fields) => new(fields.Text("host_version"), ReadNames(fields, "planners"), ReadNames(fields, "sessions")) { HeapMb = fields.OptionalNumber("heap_mb", 0, 1e9) };

    private static List<string> ReadNames(Fields fields, string name)
        => [.. (fields.OptionalArray(name, 10_000) ?? []).Select(token => token.Type == JTokenType.String ? (string)token! : throw fields.Bad(name, "a list of texts"))];
}
