using System.Text;
using NetMQ.Core.Patterns;

namespace NetMQ.Sockets;

/// <summary>Receives the messages whose first frame begins with a topic subscribed to; none before the first <see cref="Subscribe(string)"/>.</summary>
public class SubscriberSocket : NetMQSocket
{
    private readonly SubscriberPattern _pattern;

    /// <param name="connectionString">
    /// Endpoints, comma separated, each <c>@</c> to bind or <c>&gt;</c> to connect (neither: connect); null for none yet.
    /// </param>
    public SubscriberSocket(string? connectionString = null) : this(new SubscriberPattern(), connectionString) { }

    private SubscriberSocket(SubscriberPattern pattern, string? connectionString) : base(pattern, connectionString, bindByDefault: false) =>
        _pattern = pattern;

    /// <summary>Subscribes to a prefix given as UTF-8 text; twice must be undone twice.</summary>
    public void Subscribe(string topic) => Subscribe(Encoding.UTF8.GetBytes(topic));

    public void Subscribe(byte[] topic) => Engine.Invoke(() => _pattern.Subscribe(topic));

    public void SubscribeToAnyTopic() => Subscribe([]);

    public void Unsubscribe(string topic) => Unsubscribe(Encoding.UTF8.GetBytes(topic));

    public void Unsubscribe(byte[] topic) => Engine.Invoke(() => _pattern.Unsubscribe(topic));
}
