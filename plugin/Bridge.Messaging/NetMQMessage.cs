using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace NetMQ;

/// <summary>A message of one or more frames, in order.</summary>
public class NetMQMessage : IEnumerable<NetMQFrame>
{
    private readonly List<NetMQFrame> _frames;

    public NetMQMessage(int expectedFrameCount = 4) => _frames = new List<NetMQFrame>(expectedFrameCount);

    public NetMQMessage(IEnumerable<NetMQFrame> frames) => _frames = [.. frames];

    public NetMQMessage(IEnumerable<byte[]> buffers) => _frames = [.. buffers.Select(b => new NetMQFrame(b))];

    public NetMQFrame First => _frames[0];

    public NetMQFrame Last => _frames[^1];

    public bool IsEmpty => _frames.Count == 0;

    public int FrameCount => _frames.Count;

    public NetMQFrame this[int index] => _frames[index];

    public void Append(NetMQFrame frame) => _frames.Add(frame);

    public void Append(byte[] buffer) => _frames.Add(new NetMQFrame(buffer));

    public void Append(string message) => _frames.Add(new NetMQFrame(message));

    public void Append(string message, Encoding encoding) => _frames.Add(new NetMQFrame(message, encoding));

    /// <summary>Appends four big-endian bytes.</summary>
    public void Append(int value) => _frames.Add(Number(value));

    /// <summary>Appends eight big-endian bytes.</summary>
    public void Append(long value) => _frames.Add(Number(value));

    public void AppendEmptyFrame() => _frames.Add(NetMQFrame.Empty);

    public void Push(NetMQFrame frame) => _frames.Insert(0, frame);

    public void Push(byte[] buffer) => _frames.Insert(0, new NetMQFrame(buffer));

    public void Push(string message) => _frames.Insert(0, new NetMQFrame(message));

    public void Push(string message, Encoding encoding) => _frames.Insert(0, new NetMQFrame(message, encoding));

    /// <summary>Puts four big-endian bytes in front.</summary>
    public void Push(int value) => _frames.Insert(0, Number(value));

    /// <summary>Puts eight big-endian bytes in front.</summary>
    public void Push(long value) => _frames.Insert(0, Number(value));

    public void PushEmptyFrame() => _frames.Insert(0, NetMQFrame.Empty);

    /// <summary>Takes the first frame off.</summary>
    public NetMQFrame Pop()
    {
        NetMQFrame first = _frames[0];
        _frames.RemoveAt(0);
        return first;
    }

    public void RemoveFrame(NetMQFrame frame) => _frames.Remove(frame);

    public void Clear() => _frames.Clear();

    public IEnumerator<NetMQFrame> GetEnumerator() => _frames.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() =>
        IsEmpty ? "NetMQMessage[<no frames>]" : $"NetMQMessage[{string.Join(",", _frames.Select(f => f.ConvertToString()))}]";

    private static NetMQFrame Number(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return new NetMQFrame(bytes);
    }

    private static NetMQFrame Number(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return new NetMQFrame(bytes);
    }
}
