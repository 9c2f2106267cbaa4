using System.Buffers;
using System.Buffers.Binary;

namespace NetMQ.Core.Wire;

internal enum DecodeResult
{
    NeedMore,
    Frame,
    Fault,
}

/// <summary>
/// Cuts a byte stream into frames. Small frames go through one buffer; a larger one gets an array that grows as its bytes arrive, so
/// that an announced size alone costs nothing.
/// </summary>
internal sealed class FrameDecoder
{
    private const int BufferSize = 16 << 10;
    private const int FirstBody = 64 << 10;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private byte[]? _body;
    private byte _bodyFlags;
    private int _bodySize;
    private int _bodyFilled;

    /// <summary>Largest body accepted, in bytes; above it the stream is faulty.</summary>
    public long MaxFrameBytes { get; set; } = int.MaxValue;

    /// <summary>What is wrong, after <see cref="DecodeResult.Fault"/>.</summary>
    public string? Fault { get; private set; }

    /// <summary>Bytes allocated for a frame that is not complete.</summary>
    public int UnfinishedBytes => _body?.Length ?? 0;

    /// <summary>Bytes received and not decoded, outside a large frame.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Where the next bytes received belong; never empty after <see cref="TryRead"/> asked for more.</summary>
    public Span<byte> Free
    {
        get
        {
            if (_body is not null)
            {
                return _body.AsSpan(_bodyFilled);
            }
            if (_buffer.Length == 0)
            {
                _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            }
            if (_start == _end)
            {
                _start = _end = 0;
            }
            else if (_end == _buffer.Length)
            {
                Buffered.CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }
            return _buffer.AsSpan(_end);
        }
    }

    /// <summary>Tells that so many bytes of <see cref="Free"/> were filled.</summary>
    public void Advance(int count)
    {
        if (_body is null)
        {
            _end += count;
        }
        else
        {
            _bodyFilled += count;
        }
    }

    /// <summary>Drops decoded bytes that are not frames (the greeting).</summary>
    public void Skip(int count) => _start += count;

    /// <summary>Gives the buffer back; nothing may be decoded afterwards.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
        _buffer = [];
        _body = null;
        _start = _end = 0;
    }

    /// <summary>The next frame. Its body is the caller's to keep.</summary>
    public DecodeResult TryRead(out byte flags, out byte[] body)
    {
        flags = _bodyFlags;
        body = [];
        return _body is null ? TryReadSmall(ref flags, ref body) : TryFinishLarge(ref body);
    }

    private DecodeResult TryReadSmall(ref byte flags, ref byte[] body)
    {
        ReadOnlySpan<byte> bytes = Buffered;
        if (bytes.IsEmpty)
        {
            return DecodeResult.NeedMore;
        }
        flags = bytes[0];
        if ((flags & FrameCodec.Reserved) != 0 || (flags & (FrameCodec.More | FrameCodec.Command)) == (FrameCodec.More | FrameCodec.Command))
        {
            return Fail($"frame flags 0x{flags:x2} are not valid");
        }
        int header = (flags & FrameCodec.Long) == 0 ? 2 : FrameCodec.LongHeader;
        if (bytes.Length < header)
        {
            return DecodeResult.NeedMore;
        }
        ulong size = header == 2 ? bytes[1] : BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]);
        long limit = (flags & FrameCodec.Command) != 0 ? Math.Min(Limits.CommandBytes, MaxFrameBytes) : MaxFrameBytes;
        if (size > (ulong)limit)
        {
            return Fail($"a frame of {size} bytes is announced, {limit} are allowed");
        }
        ReadOnlySpan<byte> rest = bytes[header..];
        if (rest.Length >= (int)size)
        {
            body = rest[..(int)size].ToArray();
            _start += header + (int)size;
            return DecodeResult.Frame;
        }
        if (header + (int)size > _buffer.Length)
        {
            _bodyFlags = flags;
            _bodySize = (int)size;
            _body = new byte[Math.Min(_bodySize, FirstBody)];
            rest.CopyTo(_body);
            _bodyFilled = rest.Length;
            _start = _end = 0;
        }
        return DecodeResult.NeedMore;
    }

    private DecodeResult TryFinishLarge(ref byte[] body)
    {
        if (_bodyFilled == _bodySize)
        {
            body = _body!;
            _body = null;
            return DecodeResult.Frame;
        }
        if (_bodyFilled == _body!.Length)
        {
            Array.Resize(ref _body, (int)Math.Min(_bodySize, 2L * _body.Length));
        }
        return DecodeResult.NeedMore;
    }

    private DecodeResult Fail(string fault)
    {
        Fault = fault;
        return DecodeResult.Fault;
    }
}
