namespace NetMQ.Core.Patterns;

/// <summary>Sends to one peer after the other: those connected to us, and those we connect to, there or not.</summary>
internal abstract class RoundRobinPattern : Pattern
{
    private readonly List<OutPipe> _pipes = [];
    private int _next;

    public override bool KeepsUnsent => true;

    public override bool CanSend => _pipes.Exists(HasRoom);

    public override void Connected(OutPipe pipe) => _pipes.Add(pipe);

    public override void Disconnected(OutPipe pipe) => _pipes.Remove(pipe);

    public override string? Attach(Connection connection)
    {
        if (connection.Connector is null)
        {
            _pipes.Add(connection.Pipe);
        }
        return null;
    }

    public override void Detach(Connection connection)
    {
        if (connection.Connector is null)
        {
            _pipes.Remove(connection.Pipe);
        }
    }

    /// <summary>The next peer with room; null where there is none.</summary>
    protected OutPipe? Next()
    {
        for (int i = 0; i < _pipes.Count; i++)
        {
            int index = (_next + i) % _pipes.Count;
            if (HasRoom(_pipes[index]))
            {
                _next = index + 1;
                return _pipes[index];
            }
        }
        return null;
    }
}
