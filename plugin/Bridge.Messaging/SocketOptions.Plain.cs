namespace NetMQ;

/// <remarks>
/// What stands in this file goes beyond NetMQ, which has no PLAIN mechanism; the names are libzmq's. Source that must also build against
/// the NetMQ package (<c>-p:UseNetMQ=true</c>) keeps its use of them inside <c>#if !USE_NETMQ</c>.
/// </remarks>
public partial class SocketOptions
{
    /// <summary>Name sent to (client) or expected from (server) the peer in the PLAIN handshake: at most 255 bytes of UTF-8.</summary>
    public string? PlainUsername { get => field; set => field = AtMost255(value, nameof(PlainUsername)); }

    /// <summary>Password sent to (client) or expected from (server) the peer in the PLAIN handshake: at most 255 bytes of UTF-8.</summary>
    public string? PlainPassword { get => field; set => field = AtMost255(value, nameof(PlainPassword)); }

    /// <summary>
    /// True: peers must log in with exactly <see cref="PlainUsername"/> and <see cref="PlainPassword"/>. False with a user name set: this
    /// side logs in. PLAIN hides nothing on the wire; it is for loopback.
    /// </summary>
    public bool PlainServer { get; set; }

    private static string? AtMost255(string? value, string name) =>
        value is null || System.Text.Encoding.UTF8.GetByteCount(value) <= 255
            ? value
            : throw new InvalidException($"{name} is longer than 255 bytes of UTF-8.");
}
