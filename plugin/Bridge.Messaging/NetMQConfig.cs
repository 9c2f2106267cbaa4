using NetMQ.Core;

namespace NetMQ;

/// <summary>Settings of the whole process.</summary>
public static class NetMQConfig
{
    private static long s_lingerTicks;

    /// <summary>
    /// How long a new socket, once disposed of, still tries to send what is queued; default zero (drop it), -1 ms for no limit.
    /// What the operating system already took is delivered in any case.
    /// </summary>
    public static TimeSpan Linger
    {
        get => new(Interlocked.Read(ref s_lingerTicks));
        set => Interlocked.Exchange(ref s_lingerTicks, value.Ticks);
    }

    /// <summary>
    /// Ends every open socket: a call that waits in one throws <see cref="TerminatingException"/>. Sockets made afterwards work again.
    /// </summary>
    /// <param name="block">Wait until every socket has sent what it holds or its linger time is over.</param>
    public static void Cleanup(bool block = true) => Housekeeper.TerminateAll(block);
}
