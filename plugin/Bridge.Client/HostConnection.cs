using Bridge.Contracts;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Client;

/// <summary>The DEALER socket to the host. Belongs to the client's thread.</summary>
internal sealed class HostConnection : IDisposable
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromMilliseconds(100);

    private readonly DealerSocket _socket = new();

    public HostConnection(BridgeClientOptions options)
    {
        _socket.Options.Linger = TimeSpan.Zero;
        _socket.Options.MaxMsgSize = Protocol.MaxJsonBytes;
        _socket.Options.SendHighWatermark = 16;
        _socket.Options.ReconnectInterval = TimeSpan.FromMilliseconds(50);
        _socket.Options.ReconnectIntervalMax = TimeSpan.FromSeconds(1);
        if (options.Secret is { } secret)
            Authenticate(secret);
        _socket.Connect(options.Endpoint);
    }

    /// <summary>One attempt at one request.</summary>
    /// <exception cref="HostAwayException">No answer within the limit. A late one is thrown away: the request is repeated with the same id.</exception>
    public Reply Exchange(BridgeMessage message, TimeSpan limit, TimeProvider time)
    {
        long start = time.GetTimestamp();
        // An attempt that cannot even be queued still waits for the answer to the attempt before.
        _socket.TrySendMultipartBytes(SendTimeout, [.. MessageCodec.Encode(message)]);
        List<byte[]>? frames = null;
        for (TimeSpan left = limit; left > TimeSpan.Zero; left = limit - time.GetElapsedTime(start))
        {
            if (_socket.TryReceiveMultipartBytes(left, ref frames) && MessageCodec.RequestIdOf(frames) == message.RequestId)
                return Read(frames);
        }
        throw new HostAwayException(limit);
    }

    public void Dispose() => _socket.Dispose();

    private static Reply Read(List<byte[]> frames)
    {
        try
        {
            return Reply.Parse(MessageCodec.Decode(frames));
        }
        catch (ContractException e)
        {
            return new FaultReply(e.Code, $"the host's answer cannot be read: {e.Message}");
        }
    }

    private void Authenticate(string secret)
    {
#if USE_NETMQ
        throw new ArgumentException("NetMQ has no PLAIN mechanism: use no secret, or the build without UseNetMQ");
#else
        _socket.Options.PlainUsername = "bridge";
        _socket.Options.PlainPassword = secret;
#endif
    }
}
