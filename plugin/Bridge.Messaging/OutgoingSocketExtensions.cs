using System.Text;

namespace NetMQ;

/// <summary>
/// Ways to send. The plain forms wait until there is room, the <c>TrySend…</c> forms at most as long as they are told (not at all
/// without a time) and return false. Bytes are copied before a call returns.
/// </summary>
public static class OutgoingSocketExtensions
{
    private static readonly TimeSpan Forever = TimeSpan.FromMilliseconds(-1);

    public static void SendFrame(this IOutgoingSocket socket, byte[] data, bool more = false) => socket.TrySendFrame(Forever, new ArraySegment<byte>(data), more);

    public static void SendFrame(this IOutgoingSocket socket, byte[] data, int length, bool more = false) =>
        socket.TrySendFrame(Forever, new ArraySegment<byte>(data, 0, length), more);

    /// <summary>Sends text as UTF-8.</summary>
    public static void SendFrame(this IOutgoingSocket socket, string message, bool more = false) =>
        socket.TrySendFrame(Forever, new ArraySegment<byte>(Encoding.UTF8.GetBytes(message)), more);

    public static void SendFrameEmpty(this IOutgoingSocket socket, bool more = false) => socket.TrySendFrame(Forever, ArraySegment<byte>.Empty, more);

    public static IOutgoingSocket SendMoreFrame(this IOutgoingSocket socket, byte[] data)
    {
        socket.SendFrame(data, more: true);
        return socket;
    }

    public static IOutgoingSocket SendMoreFrame(this IOutgoingSocket socket, string message)
    {
        socket.SendFrame(message, more: true);
        return socket;
    }

    public static IOutgoingSocket SendMoreFrameEmpty(this IOutgoingSocket socket)
    {
        socket.SendFrameEmpty(more: true);
        return socket;
    }

    public static bool TrySendFrame(this IOutgoingSocket socket, byte[] data, bool more = false) =>
        socket.TrySendFrame(TimeSpan.Zero, new ArraySegment<byte>(data), more);

    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, byte[] data, bool more = false) =>
        socket.TrySendFrame(timeout, new ArraySegment<byte>(data), more);

    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, byte[] data, int length, bool more = false) =>
        socket.TrySendFrame(timeout, new ArraySegment<byte>(data, 0, length), more);

    public static bool TrySendFrame(this IOutgoingSocket socket, string message, bool more = false) =>
        socket.TrySendFrame(TimeSpan.Zero, message, more);

    public static bool TrySendFrame(this IOutgoingSocket socket, TimeSpan timeout, string message, bool more = false) =>
        socket.TrySendFrame(timeout, new ArraySegment<byte>(Encoding.UTF8.GetBytes(message)), more);

    public static bool TrySendFrameEmpty(this IOutgoingSocket socket, bool more = false) =>
        socket.TrySendFrame(TimeSpan.Zero, ArraySegment<byte>.Empty, more);

    public static bool TrySendFrameEmpty(this IOutgoingSocket socket, TimeSpan timeout, bool more = false) =>
        socket.TrySendFrame(timeout, ArraySegment<byte>.Empty, more);

    public static void SendMultipartMessage(this IOutgoingSocket socket, NetMQMessage message) =>
        socket.TrySendMultipartMessage(Forever, message);

    public static bool TrySendMultipartMessage(this IOutgoingSocket socket, NetMQMessage message) =>
        socket.TrySendMultipartMessage(TimeSpan.Zero, message);

    /// <summary>All frames or, false, none. A message without frames is refused.</summary>
    public static bool TrySendMultipartMessage(this IOutgoingSocket socket, TimeSpan timeout, NetMQMessage message)
    {
        ArraySegment<byte>[] frames = new ArraySegment<byte>[message.FrameCount];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = new ArraySegment<byte>(message[i].Buffer, 0, message[i].MessageSize);
        }
        return socket.TrySendMessage(timeout, frames);
    }

    public static void SendMultipartBytes(this IOutgoingSocket socket, params byte[][] frames) =>
        socket.TrySendMultipartBytes(Forever, frames);

    public static bool TrySendMultipartBytes(this IOutgoingSocket socket, params byte[][] frames) =>
        socket.TrySendMultipartBytes(TimeSpan.Zero, frames);

    public static bool TrySendMultipartBytes(this IOutgoingSocket socket, TimeSpan timeout, params byte[][] frames) =>
        socket.TrySendMessage(timeout, Array.ConvertAll(frames, f => new ArraySegment<byte>(f)));
}
