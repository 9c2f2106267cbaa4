namespace Bridge.Contracts;

/// <summary>The constants of the wire contract; <c>plugin/README.md</c> says what they mean to a client.</summary>
public static class Protocol
{
    /// <summary>First frame of every message. A host that does not know a client's version answers with a fault, not with silence.</summary>
    public const string Version = "bridge/1";

    /// <summary>Where the host listens unless told otherwise: loopback, and nothing but loopback.</summary>
    public const string DefaultEndpoint = "tcp://127.0.0.1:48950";

    /// <summary>Longest request id and session id, in ASCII characters.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Longest message type, in ASCII characters.</summary>
    public const int MaxTypeLength = 32;

    /// <summary>Largest JSON frame, in bytes: 100 000 targets take some 20 MB.</summary>
    public const int MaxJsonBytes = 64 * 1024 * 1024;

    /// <summary>Deepest nesting of a JSON frame.</summary>
    public const int MaxJsonDepth = 32;

    /// <summary>Most binary frames behind the JSON frame.</summary>
    public const int MaxBinaryFrames = 16;
}
