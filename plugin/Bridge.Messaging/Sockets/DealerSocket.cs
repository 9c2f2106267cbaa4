using NetMQ.Core.Patterns;

namespace NetMQ.Sockets;

/// <summary>Sends to its peers in turn and receives from all of them fairly; queues while a connected endpoint is away.</summary>
public class DealerSocket : NetMQSocket
{
    /// <param name="connectionString">
    /// Endpoints, comma separated, each <c>@</c> to bind or <c>&gt;</c> to connect (neither: connect); null for none yet.
    /// </param>
    public DealerSocket(string? connectionString = null) : base(new DealerPattern(), connectionString, bindByDefault: false) { }
}
