using System.Net.Sockets;

namespace NetMQ.Core;

/// <summary>Bytes that go before the queued messages: greeting, handshake, PING and PONG. They die with the connection.</summary>
internal sealed class OutControl
{
    private byte[] _bytes = [];
    private int _start;

    public int Length => _bytes.Length - _start;

    public bool IsEmpty => Length == 0;

    public void Append(ReadOnlySpan<byte> frame)
    {
        _bytes = [.. _bytes.AsSpan(_start), .. frame];
        _start = 0;
    }

    public SocketError Flush(Socket socket)
    {
        _start += socket.Send(_bytes.AsSpan(_start), SocketFlags.None, out SocketError error);
        if (IsEmpty)
        {
            _bytes = [];
            _start = 0;
        }
        return error;
    }
}
