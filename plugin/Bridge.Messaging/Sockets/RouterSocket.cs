using NetMQ.Core.Patterns;

namespace NetMQ.Sockets;

/// <summary>Talks to many peers, each named by the first frame of a message; a message for an unknown or full peer is dropped.</summary>
public class RouterSocket : NetMQSocket
{
    /// <param name="connectionString">
    /// Endpoints, comma separated, each <c>@</c> to bind or <c>&gt;</c> to connect (neither: bind); null for none yet.
    /// </param>
    public RouterSocket(string? connectionString = null) : base(new RouterPattern(), connectionString, bindByDefault: true) { }
}
