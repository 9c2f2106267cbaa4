using NetMQ.Core.Patterns;

namespace NetMQ.Sockets;

/// <summary>Receives a request, then sends its reply, strictly in turn.</summary>
public class ResponseSocket : NetMQSocket
{
    /// <param name="connectionString">
    /// Endpoints, comma separated, each <c>@</c> to bind or <c>&gt;</c> to connect (neither: bind); null for none yet.
    /// </param>
    public ResponseSocket(string? connectionString = null) : base(new ResponsePattern(), connectionString, bindByDefault: true) { }
}
