using System.Net;
using System.Text;
using Bridge.Contracts;

namespace Bridge.Client;

/// <summary>Settings of a <see cref="BridgeClient"/>; <see cref="Validate"/> tells all errors at once.</summary>
public sealed record BridgeClientOptions
{
    /// <summary>Where the host listens: <c>tcp://</c>, an IP address or <c>localhost</c>, a port; default <c>tcp://127.0.0.1:48950</c>.</summary>
    public string Endpoint { get; init; } = Protocol.DefaultEndpoint;

    /// <summary>Longest wait of one call: 0 to 2 s, default 200 ms. What is not answered by then stays pending.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Wait for one answer before the request is sent again: 50 ms to 1 min, default 1 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A suggestion asked for so long ago and still not there is replaced by the client's own order: 0 to 10 min, default 10 s.</summary>
    public TimeSpan FallbackAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Unanswered attempts in a row after which the host counts as away: 2 to 100, default 3.</summary>
    public int BreakAfter { get; init; } = 3;

    /// <summary>How long the host counts as away before it is tried again: 500 ms to 1 min, default 2 s.</summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most requests that may wait for the host, 1 to 1 000 000, default 100 000: a night's reports. One more is refused.</summary>
    public int OutboxCapacity { get; init; } = 100_000;

    /// <summary>The secret that client and host prove to each other, 1 to 255 bytes of UTF-8; null, the default, for none: then a host that asks for it refuses.</summary>
    public string? Secret { get; init; }

    /// <summary>File that holds the secret, read at each connection because the host makes it when it first starts; null, the default, for none. Not beside <see cref="Secret"/>.
    /// This user's own: <see cref="Installation.SecretFile"/>.</summary>
    public string? SecretFile { get; init; }

    /// <summary>True if a host is only trusted once it has proved itself.</summary>
    internal bool AsksForProof => Secret is not null || SecretFile is not null;

    /// <exception cref="ArgumentException">Something is out of range; the message has all of it.</exception>
    public void Validate()
    {
        var errors = new List<string>();
        if (ParseEndpoint(Endpoint) is null)
            errors.Add($"Endpoint must look like {Protocol.DefaultEndpoint} (an IP address or localhost, port 1 to 65535), got '{Endpoint}'");
        Check(errors, nameof(Deadline), Deadline, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Check(errors, nameof(AttemptTimeout), AttemptTimeout, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
        Check(errors, nameof(FallbackAfter), FallbackAfter, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Check(errors, nameof(BreakFor), BreakFor, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));
        if (BreakAfter is < 2 or > 100)
            errors.Add($"BreakAfter must be 2 to 100, got {BreakAfter}");
        if (OutboxCapacity is < 1 or > 1_000_000)
            errors.Add($"OutboxCapacity must be 1 to 1 000 000, got {OutboxCapacity}");
        if (Secret is not null && (Secret.Length == 0 || Encoding.UTF8.GetByteCount(Secret) > 255))
            errors.Add("Secret must have 1 to 255 bytes of UTF-8, or be null");
        if (Secret is not null && SecretFile is not null)
            errors.Add("Secret and SecretFile are both given; give one");
        if (errors.Count > 0)
            throw new ArgumentException(string.Join("; ", errors));
    }

    /// <summary>The address and port of an endpoint, or null if the text is none.</summary>
    internal static IPEndPoint? ParseEndpoint(string? text)
    {
        const string Scheme = "tcp://", Local = "localhost:";
        if (text is null || !text.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        string address = text[Scheme.Length..];
        if (address.StartsWith(Local, StringComparison.Ordinal))
            address = "127.0.0.1:" + address[Local.Length..];
        return IPEndPoint.TryParse(address, out IPEndPoint? endpoint) && endpoint.Port > 0 ? endpoint : null;
    }

    private static void Check(List<string> errors, string name, TimeSpan value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max)
            errors.Add($"{name} must be {min} to {max}, got {value}");
    }
}
