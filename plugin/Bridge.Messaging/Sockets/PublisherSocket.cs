using NetMQ.Core.Patterns;

namespace NetMQ.Sockets;

/// <summary>Sends each message to the subscribers of a prefix of its first frame; a subscriber that is full misses it.</summary>
public class PublisherSocket : NetMQSocket
{
    /// <param name="connectionString">
    /// Endpoints, comma separated, each <c>@</c> to bind or <c>&gt;</c> to connect (neither: bind); null for none yet.
    /// </param>
    public PublisherSocket(string? connectionString = null) : base(new PublisherPattern(), connectionString, bindByDefault: true) { }
}
