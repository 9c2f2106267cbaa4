namespace NetMQ;

/// <summary>A socket that sends; its methods are in <see cref="OutgoingSocketExtensions"/>.</summary>
public interface IOutgoingSocket
{
    /// <summary>Takes one frame; false when the message it ends found no room in time (the frame is then not taken).</summary>
    internal bool TrySendFrame(TimeSpan timeout, ArraySegment<byte> frame, bool more);

    /// <summary>Takes a whole message or, false, nothing of it.</summary>
    internal bool TrySendMessage(TimeSpan timeout, ReadOnlySpan<ArraySegment<byte>> frames);
}
