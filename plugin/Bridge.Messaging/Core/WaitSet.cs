using System.Net.Sockets;

namespace NetMQ.Core;

/// <summary>The system sockets to wait for; after <see cref="Wait"/> the lists hold those that are ready.</summary>
internal sealed class WaitSet
{
    public List<Socket> Read { get; } = [];

    public List<Socket> Write { get; } = [];

    /// <summary>Where Windows reports a refused connection.</summary>
    public List<Socket> Error { get; } = [];

    public void Clear()
    {
        Read.Clear();
        Write.Clear();
        Error.Clear();
    }

    /// <summary>Waits until one is ready or the time is over.</summary>
    public void Wait(int milliseconds)
    {
        if (Write.Count == 0 && Error.Count == 0)
        {
            if (Read.Count == 0)
            {
                Thread.Sleep(milliseconds);
                return;
            }
            if (Read.Count == 1)   // the usual client: half the cost of Select
            {
                if (!Read[0].Poll(milliseconds * 1000, SelectMode.SelectRead))
                {
                    Read.Clear();
                }
                return;
            }
        }
        Socket.Select(Read, Write, Error, milliseconds * 1000);
    }
}
