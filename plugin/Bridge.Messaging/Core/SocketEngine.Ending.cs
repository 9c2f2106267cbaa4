namespace NetMQ.Core;

/// <remarks>The end of the socket: asked for by its owner or for the whole process, or after an error; and lingering.</remarks>
internal sealed partial class SocketEngine
{
    private volatile Exception? _failure;
    private volatile bool _disposed;
    private volatile bool _terminated;
    private long _lingerUntil = long.MaxValue;

    /// <summary>Closes what is not needed to send what is queued; the housekeeper does the rest.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;   // seen by a thread that waits inside, which then leaves the lock
            BeginDraining();
        }
    }

    /// <summary>As <see cref="Dispose"/>, on behalf of <see cref="NetMQConfig.Cleanup"/>.</summary>
    public void Terminate()
    {
        _terminated = true;
        BeginDraining();
    }

    /// <summary>Ends the socket after an error in this layer; the owner's next call reports it.</summary>
    public void Fail(Exception error)
    {
        _failure = error;
        MessagingEvents.Log.Failed(Pattern.Type.Name, error.ToString());
        lock (Gate)
        {
            IsDraining = IsFinished = true;
            CloseAll("the socket failed");
        }
    }

    private void ThrowIfEnding()
    {
        if (!IsEnding)
        {
            return;
        }
        if (_disposed)
        {
            throw new ObjectDisposedException($"{Pattern.Type.Name} socket");
        }
        throw _failure is { } failure
            ? new NetMQException($"The {Pattern.Type.Name} socket failed: {failure.Message} Dispose of it and make a new one.", failure)
            : new TerminatingException("NetMQConfig.Cleanup has ended this socket.");
    }

    private void BeginDraining()
    {
        lock (Gate)
        {
            if (IsDraining)
            {
                return;
            }
            IsDraining = true;
            double linger = Options.Linger.TotalMilliseconds;
            long now = Environment.TickCount64;
            _lingerUntil = linger < 0 ? long.MaxValue : now + (long)linger;
            foreach (Listener listener in _listeners)
            {
                Close(listener);
            }
            _listeners.Clear();
            _withMessages.Clear();
            foreach (Connection connection in _connections)
            {
                connection.Inbox.Clear();
                connection.InboxBytes = 0;
            }
            _inboxBytes = 0;
            ContinueDraining(now);
        }
        Housekeeper.Kick();
    }

    private void ContinueDraining(long now)
    {
        if (now >= _lingerUntil)
        {
            CloseAll("the socket was disposed of");
        }
        for (int i = _connectors.Count - 1; i >= 0; i--)
        {
            if (_connectors[i].Connection is null && _connectors[i].Pipe.IsEmpty)
            {
                _connectors[i].Stop();
                _connectors.RemoveAt(i);
            }
        }
        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            _connections[i].OnTimer(now);
        }
        IsFinished = _connections.Count == 0 && _connectors.Count == 0;
    }

    private void CloseAll(string reason)
    {
        foreach (Connector connector in _connectors)
        {
            connector.Stop();
            connector.Pipe.Clear();
        }
        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            _connections[i].Close(reason);
        }
        _connectors.Clear();
        foreach (Listener listener in _listeners)
        {
            Close(listener);
        }
        _listeners.Clear();
    }

    private void Close(Listener listener)
    {
        Forget(listener.Socket);
        listener.Socket.Dispose();
    }
}
