using System.Diagnostics.CodeAnalysis;

namespace NetMQ;

/// <summary>A socket that receives; its methods are in <see cref="ReceivingSocketExtensions"/>.</summary>
public interface IReceivingSocket
{
    /// <summary>The next frame, and whether more of its message follow.</summary>
    internal bool TryReceiveFrame(TimeSpan timeout, [NotNullWhen(true)] out byte[]? frame, out bool more);

    /// <summary>What is left of the message being read, or the next one.</summary>
    internal bool TryReceiveMessage(TimeSpan timeout, out ReadOnlySpan<byte[]> frames);
}
