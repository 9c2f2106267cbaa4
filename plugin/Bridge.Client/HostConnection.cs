using System.Diagnostics;
using Bridge.Contracts;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Client;

/// <summary>The DEALER socket to the host, opened with the first attempt. Belongs to the client's thread.</summary>
internal sealed class HostConnection(BridgeClientOptions options) : IDisposable
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait that takes no notice of a cancellation.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>What a large request gets in addition: an opening with 100 000 targets is 20 MB, and sending it again only keeps the host longer.</summary>
    private static readonly TimeSpan TimePerMegabyte = TimeSpan.FromSeconds(1);

    private DealerSocket? _socket;

    /// <summary>One attempt at one request, of at most <see cref="BridgeClientOptions.AttemptTimeout"/>, and a second more for each megabyte.</summary>
    /// <param name="frames">The encoded request.</param>
    /// <exception cref="HostAwayException">No answer within the limit. A late one is thrown away: the request is repeated with the same id.</exception>
    /// <exception cref="OperationCanceledException">The client is being closed.</exception>
    public Reply Exchange(string requestId, byte[][] frames, CancellationToken stop)
    {
        try
        {
            _socket ??= Open(options);
            // An attempt that cannot even be queued still waits for the answer to the attempt before.
            _socket.TrySendMultipartBytes(SendTimeout, frames);
            return Receive(_socket, requestId, options.AttemptTimeout + TimePerMegabyte * (frames.Sum(frame => (double)frame.Length) / (1 << 20)), stop);
        }
        catch (NetMQException e)
        {
            Dispose();  // the socket is of no more use; the next attempt opens another
            throw new HostAwayException($"the connection to {options.Endpoint} failed: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private static DealerSocket Open(BridgeClientOptions options)
    {
        var socket = new DealerSocket();
        try
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.MaxMsgSize = Protocol.MaxJsonBytes;
            socket.Options.SendHighWatermark = 16;
            socket.Options.ReconnectInterval = TimeSpan.FromMilliseconds(50);
            socket.Options.ReconnectIntervalMax = TimeSpan.FromSeconds(1);
#if !USE_NETMQ
            if (options.Secret is { } secret)
                (socket.Options.PlainUsername, socket.Options.PlainPassword) = ("bridge", secret);
#endif
            socket.Connect(options.Endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Reply Receive(DealerSocket socket, string requestId, TimeSpan limit, CancellationToken stop)
    {
        List<byte[]>? frames = null;
        long start = Stopwatch.GetTimestamp();
        for (TimeSpan left = limit; left > TimeSpan.Zero; left = limit - Stopwatch.GetElapsedTime(start))
        {
            stop.ThrowIfCancellationRequested();
            if (socket.TryReceiveMultipartBytes(left < Slice ? left : Slice, ref frames) && MessageCodec.RequestIdOf(frames) == requestId)
                return Read(frames);
        }
        throw new HostAwayException($"no answer from {options.Endpoint} within {limit.TotalMilliseconds:0} ms");
    }

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
}
