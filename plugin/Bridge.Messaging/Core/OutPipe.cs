using System.Net.Sockets;
using NetMQ.Core.Wire;

namespace NetMQ.Core;

/// <summary>
/// Encoded messages waiting for one peer, in order. The pipe of a connector outlives its connections: a message whose last byte the
/// system had not taken when the connection was lost is sent again, whole, on the next one.
/// </summary>
/// <param name="queued">The bytes queued on the whole socket, which this pipe adds to.</param>
internal sealed class OutPipe(ByteCount queued)
{
    private const int SmallBuffer = 64 << 10;

    private readonly Queue<int> _sizes = [];
    private byte[] _buffer = [];
    private int _head;   // start of the first message that is not wholly sent
    private int _sent;   // bytes of it that are
    private int _tail;

    /// <summary>The connection that sends it; null while there is none that is ready.</summary>
    public Connection? Connection { get; set; }

    public int Count => _sizes.Count;

    public int Bytes => _tail - _head;

    public bool IsEmpty => _sizes.Count == 0;

    /// <summary>True when the first message is partly sent, so that nothing may come in between.</summary>
    public bool MidMessage => _sent > 0;

    /// <summary>Whether one more message is taken, with the high-water mark in messages (0: none) and the bounds in bytes.</summary>
    public bool HasRoom(int highWatermark) =>
        IsEmpty || ((highWatermark == 0 || Count < highWatermark) && Bytes < Limits.QueuedBytes && queued.Value < Limits.OutboxBytes);

    /// <summary>Queues one message: the envelope frames, then the others.</summary>
    public void Append(ReadOnlySpan<byte[]> envelope, ReadOnlySpan<ArraySegment<byte>> frames)
    {
        long size = 0;
        foreach (byte[] frame in envelope)
        {
            size += FrameCodec.HeaderSize(frame.Length) + frame.Length;
        }
        foreach (ArraySegment<byte> frame in frames)
        {
            size += FrameCodec.HeaderSize(frame.Count) + frame.Count;
        }
        Span<byte> target = Reserve(size);
        for (int i = 0; i < envelope.Length; i++)
        {
            Write(ref target, envelope[i], more: i + 1 < envelope.Length || !frames.IsEmpty);
        }
        for (int i = 0; i < frames.Length; i++)
        {
            Write(ref target, frames[i], more: i + 1 < frames.Length);
        }
    }

    /// <summary>Queues a frame that is encoded already (a command).</summary>
    public void AppendEncoded(ReadOnlySpan<byte> frame) => frame.CopyTo(Reserve(frame.Length));

    /// <summary>Gives the system what it takes now. With <paramref name="finishOnly"/> not beyond the message that is partly sent.</summary>
    public SocketError Flush(Socket socket, bool finishOnly)
    {
        while (!IsEmpty)
        {
            int end = finishOnly ? _head + _sizes.Peek() : _tail;
            int from = _head + _sent;
            int count = socket.Send(_buffer.AsSpan(from, end - from), SocketFlags.None, out SocketError error);
            Sent(count);
            if (error != SocketError.Success || finishOnly)
            {
                return error;
            }
            if (count == 0)
            {
                return SocketError.WouldBlock;
            }
        }
        return SocketError.Success;
    }

    /// <summary>After a lost connection: begins the message that was partly sent again.</summary>
    public void Rewind() => _sent = 0;

    public void Clear()
    {
        queued.Value -= Bytes;
        _sizes.Clear();
        _head = _sent = _tail = 0;
        _buffer = [];
    }

    private static void Write(ref Span<byte> target, ReadOnlySpan<byte> body, bool more)
    {
        int header = FrameCodec.WriteHeader(target, more ? FrameCodec.More : (byte)0, body.Length);
        body.CopyTo(target[header..]);
        target = target[(header + body.Length)..];
    }

    private Span<byte> Reserve(long size)
    {
        long needed = size + Bytes;
        if (needed > Array.MaxLength)
        {
            throw new InvalidException($"A message of {size} bytes is too long to be queued; send it in parts.");
        }
        if (_tail + size > _buffer.Length)
        {
            // Move down when at least half is free, else grow: either way each byte is moved a bounded number of times.
            byte[] target = needed * 2 <= _buffer.Length ? _buffer : new byte[GrownTo(needed)];
            _buffer.AsSpan(_head, Bytes).CopyTo(target);
            _buffer = target;
            _tail -= _head;
            _head = 0;
        }
        Span<byte> span = _buffer.AsSpan(_tail, (int)size);
        _tail += (int)size;
        _sizes.Enqueue((int)size);
        queued.Value += size;
        return span;
    }

    /// <summary>A lone message gets what it needs, a queue twice as much.</summary>
    private long GrownTo(long needed) => IsEmpty ? Math.Max(needed, 1024) : Math.Min(Array.MaxLength, needed * 2);

    private void Sent(int count)
    {
        _sent += count;
        while (_sizes.TryPeek(out int size) && _sent >= size)
        {
            _sizes.Dequeue();
            _head += size;
            _sent -= size;
            queued.Value -= size;
        }
        if (IsEmpty)
        {
            _head = _tail = 0;
            if (_buffer.Length > SmallBuffer)
            {
                _buffer = [];
            }
        }
    }
}
