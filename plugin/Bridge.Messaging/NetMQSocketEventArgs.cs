namespace NetMQ;

/// <summary>What a socket can do at the moment its event is raised.</summary>
public class NetMQSocketEventArgs : EventArgs
{
    public NetMQSocketEventArgs(NetMQSocket socket) => Socket = socket;

    public NetMQSocket Socket { get; }

    public bool IsReadyToReceive { get; internal set; }

    public bool IsReadyToSend { get; internal set; }
}
