using System.Collections.Concurrent;
using Bridge.Contracts;
using Microsoft.Extensions.Logging;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// The one thread that owns the ROUTER socket. Requests leave it for the sessions' mailboxes; answers come back to it through a queue.
/// Whatever arrives here may be garbage: it is answered with a fault, and nobody else notices.
/// </summary>
public sealed class SocketThread(RequestDispatcher dispatcher, string endpoint, string? secret, ILogger logger)
{
    /// <summary>JSON beyond this size is parsed on another thread, so that one large opening does not keep the others waiting.</summary>
    private const int SmallJsonBytes = 64 * 1024;

    /// <summary>Large messages that may be at work at once.</summary>
    private const int MaxLargeAtOnce = 2;

    /// <summary>Messages taken before the queue of answers gets its turn.</summary>
    private const int Batch = 64;

    private static readonly TimeSpan HeldTick = TimeSpan.FromMilliseconds(50);

    private readonly HeldAnswers _held = new();
    private readonly NetMQTimer _heldTimer = new(HeldTick) { Enable = false };
    private Doorkeeper? _door;

    private readonly TaskCompletionSource<string> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NetMQPoller? _poller;
    private NetMQQueue<Action>? _toSocketThread;
    private RouterSocket? _socket;
    private readonly ConcurrentDictionary<string, bool> _largeNow = new(StringComparer.Ordinal);
    private int _threadId;
    private long _refused;
    private long _dropped;

    /// <summary>Ends when the thread has ended, by <see cref="Stop"/> or by a failure.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts the thread.</summary>
    /// <returns>Where it listens, once it does.</returns>
    public Task<string> StartAsync()
    {
        new Thread(Run) { Name = "bridge-socket", IsBackground = true }.Start();
        return _bound.Task;
    }

    public void Stop() => _poller?.Stop();

    private void Run()
    {
        try
        {
            using var socket = new RouterSocket();
            using var toSocketThread = new NetMQQueue<Action>();
            using var poller = new NetMQPoller { socket, toSocketThread, _heldTimer };
            (_socket, _toSocketThread, _poller, _threadId) = (socket, toSocketThread, poller, Environment.CurrentManagedThreadId);
            socket.Options.Linger = TimeSpan.FromSeconds(1);
            socket.Options.MaxMsgSize = Protocol.MaxJsonBytes;
            // A client that asks and does not read is cut off here, not where memory ends.
            socket.Options.SendHighWatermark = 256;
            socket.Bind(endpoint);
            _door = secret is null ? null : new Doorkeeper(secret, new Uri(socket.Options.LastEndpoint!).Port);
            _heldTimer.Elapsed += (_, _) => SendHeld();
            socket.ReceiveReady += (_, _) => ReceiveBatch();
            toSocketThread.ReceiveReady += (_, _) => RunQueued();
            _bound.TrySetResult(socket.Options.LastEndpoint!);
            poller.Run();
            RunQueued();
            _ended.TrySetResult();
        }
        catch (Exception e)  // the top of a thread
        {
            if (!_bound.TrySetException(e))
                logger.SocketThreadFailed(e);
            _ended.TrySetException(e);
        }
    }

    /// <summary>Everything that waits, not one thing: a flood of requests must not leave the answers behind.</summary>
    private void RunQueued()
    {
        while (_toSocketThread!.TryDequeue(out Action? work, TimeSpan.Zero))
            work();
    }

    private void ReceiveBatch()
    {
        List<byte[]>? frames = null;
        for (int i = 0; i < Batch && _socket!.TryReceiveMultipartBytes(ref frames); i++)
            Take(Incoming.From(frames));
    }

    private void Take(Incoming incoming)
    {
        if (_door is { } door && !door.Knows(incoming.Return[0]))
        {
            Meet(door, incoming);
            return;
        }
        if (incoming.Frames.Count < 4 || incoming.Frames[3].Length <= SmallJsonBytes)
        {
            DecodeAndDispatch(incoming, static dispatch => dispatch(), static () => { });
            return;
        }
        // A parsed message takes some twenty times its bytes, so large ones are counted until they are answered; a repetition meanwhile
        // is answered with the first.
        string key = Convert.ToHexString(incoming.Return[0]) + MessageCodec.RequestIdOf(incoming.Frames);
        if (_largeNow.ContainsKey(key))
            return;
        if (_largeNow.Count >= MaxLargeAtOnce)
        {
            Refuse(incoming, new ContractException(FaultCode.Busy, "too many large messages at once; ask again with the same request id"));
            return;
        }
        _largeNow[key] = true;
        Task.Run(() => DecodeAndDispatch(incoming, _toSocketThread!.Enqueue, () => _largeNow.TryRemove(key, out _)));
    }

    private void DecodeAndDispatch(Incoming incoming, Action<Action> onSocketThread, Action done)
    {
        try
        {
            BridgeMessage message = MessageCodec.Decode(incoming.Frames);
            onSocketThread(() => dispatcher.Dispatch(message, reply =>
            {
                Answer(incoming, message.RequestId, reply);
                done();
            }));
        }
        catch (ContractException e)
        {
            onSocketThread(() => Refuse(incoming, e));
            done();
        }
        catch (Exception e)  // a bug in reading one message: its sender is told, and the room for large ones is given back
        {
            logger.RequestFailed(e, "message", MessageCodec.RequestIdOf(incoming.Frames) ?? "unknown");
            onSocketThread(() => Refuse(incoming, new ContractException(FaultCode.Internal, $"the message could not be read: {e.Message} The host's log has the details; please report it.", e)));
            done();
        }
    }

    /// <summary>A peer that has not proved itself. It is answered at once, later, or while it waits for an answer not at all.</summary>
    private void Meet(Doorkeeper door, Incoming incoming)
    {
        byte[] peer = incoming.Return[0];
        if (_held.Holds(peer))
            return;
        Reply reply = door.Meet(peer, incoming.Frames, dispatcher.Welcome, out TimeSpan hold);
        if (reply is FaultReply fault && long.IsPow2(door.Refused))
            logger.NotProven(fault.Message, door.Refused);
        string requestId = MessageCodec.RequestIdOf(incoming.Frames) ?? "unknown";
        if (hold == TimeSpan.Zero)
        {
            Answer(incoming, requestId, reply);
            return;
        }
        _held.Hold(peer, Environment.TickCount64 + (long)hold.TotalMilliseconds, () => Answer(incoming with { Frames = [] }, requestId, reply));
        _heldTimer.Enable = true;
    }

    private void SendHeld()
    {
        _held.SendDue(Environment.TickCount64);
        _heldTimer.Enable = !_held.IsEmpty;
    }

    private void Refuse(Incoming incoming, ContractException why)
    {
        // The first, the second, the fourth, …: a flood of garbage does not become a flood of log lines.
        if (long.IsPow2(++_refused))
            logger.Refused(why.Message, _refused);
        Answer(incoming, MessageCodec.RequestIdOf(incoming.Frames) ?? "unknown", FaultReply.From(why));
    }

    /// <summary>May be called on any thread.</summary>
    private void Answer(Incoming incoming, string requestId, Reply reply)
    {
        byte[][] frames = [.. incoming.Return, .. MessageCodec.Encode(reply.ToMessage(requestId))];
        if (Environment.CurrentManagedThreadId == _threadId)
            Send(frames);
        else
            _toSocketThread!.Enqueue(() => Send(frames));
    }

    private void Send(byte[][] frames)
    {
        // A client that never reads must not roll everything else out of the log.
        if (!_socket!.TrySendMultipartBytes(frames) && long.IsPow2(++_dropped))
            logger.AnswerDropped(_dropped);
    }
}
