using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NetMQ;

/// <summary>
/// Ways to receive. The plain forms wait, the <c>TryReceive…</c> forms at most as long as they are told (not at all without a time) and
/// return false. The bytes belong to the caller.
/// </summary>
public static class ReceivingSocketExtensions
{
    private static readonly TimeSpan Forever = TimeSpan.FromMilliseconds(-1);

    public static byte[] ReceiveFrameBytes(this IReceivingSocket socket) => socket.ReceiveFrameBytes(out _);

    public static byte[] ReceiveFrameBytes(this IReceivingSocket socket, out bool more)
    {
        byte[]? frame;
        while (!socket.TryReceiveFrame(Forever, out frame, out more))
        {
        }
        return frame;
    }

    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, [NotNullWhen(true)] out byte[]? bytes) =>
        socket.TryReceiveFrame(TimeSpan.Zero, out bytes, out _);

    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, [NotNullWhen(true)] out byte[]? bytes, out bool more) =>
        socket.TryReceiveFrame(TimeSpan.Zero, out bytes, out more);

    public static bool TryReceiveFrameBytes(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? bytes) =>
        socket.TryReceiveFrame(timeout, out bytes, out _);

    public static bool TryReceiveFrameBytes(
        this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out byte[]? bytes, out bool more) =>
        socket.TryReceiveFrame(timeout, out bytes, out more);

    /// <summary>The next frame read as UTF-8.</summary>
    public static string ReceiveFrameString(this IReceivingSocket socket) => Encoding.UTF8.GetString(socket.ReceiveFrameBytes());

    public static string ReceiveFrameString(this IReceivingSocket socket, out bool more) =>
        Encoding.UTF8.GetString(socket.ReceiveFrameBytes(out more));

    public static bool TryReceiveFrameString(this IReceivingSocket socket, [NotNullWhen(true)] out string? frameString) =>
        socket.TryReceiveFrameString(TimeSpan.Zero, out frameString, out _);

    public static bool TryReceiveFrameString(this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? frameString) =>
        socket.TryReceiveFrameString(timeout, out frameString, out _);

    public static bool TryReceiveFrameString(
        this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] out string? frameString, out bool more)
    {
        frameString = socket.TryReceiveFrame(timeout, out byte[]? bytes, out more) ? Encoding.UTF8.GetString(bytes) : null;
        return frameString is not null;
    }

    public static NetMQMessage ReceiveMultipartMessage(this IReceivingSocket socket, int expectedFrameCount = 4)
    {
        NetMQMessage? message = null;
        while (!socket.TryReceiveMultipartMessage(Forever, ref message, expectedFrameCount))
        {
        }
        return message!;
    }

    public static bool TryReceiveMultipartMessage(
        this IReceivingSocket socket, [NotNullWhen(true)] ref NetMQMessage? message, int expectedFrameCount = 4) =>
        socket.TryReceiveMultipartMessage(TimeSpan.Zero, ref message, expectedFrameCount);

    /// <summary>Fills <paramref name="message"/>, or a new one where it is null, with the frames of the next message.</summary>
    public static bool TryReceiveMultipartMessage(
        this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] ref NetMQMessage? message, int expectedFrameCount = 4)
    {
        if (!socket.TryReceiveMessage(timeout, out ReadOnlySpan<byte[]> frames))
        {
            return false;
        }
        message ??= new NetMQMessage(Math.Max(expectedFrameCount, frames.Length));
        message.Clear();
        foreach (byte[] frame in frames)
        {
            message.Append(frame);
        }
        return true;
    }

    public static List<byte[]> ReceiveMultipartBytes(this IReceivingSocket socket, int expectedFrameCount = 4)
    {
        List<byte[]>? frames = null;
        while (!socket.TryReceiveMultipartBytes(Forever, ref frames, expectedFrameCount))
        {
        }
        return frames!;
    }

    public static bool TryReceiveMultipartBytes(
        this IReceivingSocket socket, [NotNullWhen(true)] ref List<byte[]>? frames, int expectedFrameCount = 4) =>
        socket.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames, expectedFrameCount);

    public static bool TryReceiveMultipartBytes(
        this IReceivingSocket socket, TimeSpan timeout, [NotNullWhen(true)] ref List<byte[]>? frames, int expectedFrameCount = 4)
    {
        if (!socket.TryReceiveMessage(timeout, out ReadOnlySpan<byte[]> received))
        {
            return false;
        }
        frames ??= new List<byte[]>(Math.Max(expectedFrameCount, received.Length));
        frames.Clear();
        frames.AddRange(received);
        return true;
    }

    /// <summary>Takes a whole message off and forgets it.</summary>
    public static void SkipMultipartMessage(this IReceivingSocket socket)
    {
        while (!socket.TryReceiveMessage(Forever, out _))
        {
        }
    }
}
