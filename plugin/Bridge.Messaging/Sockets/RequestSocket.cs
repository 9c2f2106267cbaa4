using NetMQ.Core.Patterns;

namespace NetMQ.Sockets;

/// <summary>Sends a request, then receives its reply, strictly in turn.</summary>
public class RequestSocket : NetMQSocket
{
    /// <param name="connectionString">
    /// Endpoints, comma separated, each <c>@</c> to bind or <c>&gt;</c> to connect (neither: connect); null for none yet.
    /// </param>
    public RequestSocket(string? connectionString = null) : base(new RequestPattern(), connectionString, bindByDefault: false) { }
}
