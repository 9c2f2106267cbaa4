using System.Diagnostics;
using Bridge.Contracts;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Client;

/// <summary>The DEALER socket to the host, opened with the first attempt. Belongs to the client's thread.</summary>
/// <remarks>With a secret a socket never connects a second time: whoever listens after a connection was lost may be another program, so
/// a new socket is opened and both sides prove themselves anew.</remarks>
internal sealed class HostConnection(BridgeClientOptions options) : IDisposable
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait that takes no notice of a cancellation.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>Pause before another socket is opened.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What a large request gets in addition: an opening with 100 000 targets is 20 MB, and sending it again only keeps the host longer.</summary>
    private static readonly TimeSpan TimePerMegabyte = TimeSpan.FromSeconds(1);

    private readonly HostProof _proof = new(options);
    private DealerSocket? _socket;
    private string? _noSecret;

    /// <summary>One attempt at one request, of at most <see cref="BridgeClientOptions.AttemptTimeout"/>, and a second more for each megabyte.</summary>
    /// <param name="frames">The encoded request.</param>
    /// <returns>The answer; a <see cref="FaultCode.NotProven"/> if the host does not believe us.</returns>
    /// <exception cref="HostAwayException">No answer within the limit, or from somebody who does not prove to be the host. A late one is thrown away: the request
    /// is repeated with the same id.</exception>
    /// <exception cref="OperationCanceledException">The client is being closed.</exception>
    public Reply Exchange(string requestId, byte[][] frames, CancellationToken stop)
    {
        TimeSpan limit = options.AttemptTimeout + TimePerMegabyte * (frames.Sum(frame => (double)frame.Length) / (1 << 20));
        long start = Stopwatch.GetTimestamp();
        try
        {
            for (TimeSpan left = limit; left > TimeSpan.Zero; left = limit - Stopwatch.GetElapsedTime(start))
            {
                if (Attempt(requestId, frames, left, stop) is { } reply)
                    return reply;
                if (options.AsksForProof)
                    stop.WaitHandle.WaitOne(Pause);
            }
        }
        catch (NetMQException e)
        {
            Dispose();  // the socket is of no more use; the next attempt opens another
            throw new HostAwayException($"the connection to {options.Endpoint} failed: {e.Message}", e);
        }
        throw new HostAwayException(_noSecret ?? $"no answer from {options.Endpoint} within {limit.TotalMilliseconds:0} ms");
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    /// <summary>Sends and waits on one connection.</summary>
    /// <returns>The answer, or null: the limit has passed, the connection was lost, or there is no secret yet.</returns>
    private Reply? Attempt(string requestId, byte[][] frames, TimeSpan limit, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        if (_socket is not { } socket || IsLost(socket))
        {
            Dispose();
            string? secret = null;
            if (options.AsksForProof && (secret = _proof.ReadSecret(out _noSecret)) is null)
                return null;
            socket = Open(options);
            try
            {
                if (secret is not null && !_proof.TryProve(secret, Ask, out FaultReply? refusal))
                {
                    socket.Dispose();
                    return refusal;
                }
            }
            catch
            {
                socket.Dispose();
                throw;
            }
            _socket = socket;
        }
        // An attempt that cannot even be queued still waits for the answer to the attempt before.
        socket.TrySendMultipartBytes(SendTimeout, frames);
        List<byte[]>? answer = Receive(socket, requestId, limit - Stopwatch.GetElapsedTime(start), stop);
        Reply? reply = answer is null ? null : Read(answer);
        if (reply is FaultReply { Code: FaultCode.NotProven } && options.AsksForProof)
        {
            Dispose();  // the host has forgotten us: prove anew and ask again
            return null;
        }
        return reply;

        Reply? Ask(Request request)
        {
            string id = Ids.New();
            socket.TrySendMultipartBytes(SendTimeout, [.. MessageCodec.Encode(request.ToMessage(id))]);
            return Receive(socket, id, limit - Stopwatch.GetElapsedTime(start), stop) is { } challenge ? Read(challenge) : null;
        }
    }

    private static DealerSocket Open(BridgeClientOptions options)
    {
        var socket = new DealerSocket();
        try
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.MaxMsgSize = Protocol.MaxJsonBytes;
            socket.Options.SendHighWatermark = 16;
            socket.Options.ReconnectInterval = TimeSpan.FromMilliseconds(options.AsksForProof ? -1 : 50);
            socket.Options.ReconnectIntervalMax = TimeSpan.FromSeconds(1);
            socket.Connect(options.Endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A socket that does not connect again, and has no peer any more.</summary>
    private bool IsLost(DealerSocket socket) => options.AsksForProof && !socket.HasOut;

    private List<byte[]>? Receive(DealerSocket socket, string requestId, TimeSpan limit, CancellationToken stop)
    {
        List<byte[]>? frames = null;
        long start = Stopwatch.GetTimestamp();
        for (TimeSpan left = limit; left > TimeSpan.Zero; left = limit - Stopwatch.GetElapsedTime(start))
        {
            stop.ThrowIfCancellationRequested();
            if (socket.TryReceiveMultipartBytes(left < Slice ? left : Slice, ref frames))
            {
                if (MessageCodec.RequestIdOf(frames) == requestId)
                    return frames;
            }
            else if (IsLost(socket))
            {
                return null;
            }
        }
        return null;
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
