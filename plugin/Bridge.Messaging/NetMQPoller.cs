using System.Collections;
using System.Collections.Concurrent;
using NetMQ.Core;

namespace NetMQ;

/// <summary>
/// Waits for sockets, queues and timers on one thread and raises their events there. Between <see cref="Run"/> and its end the sockets
/// belong to that thread. <c>Add</c>, <c>Remove</c>, <c>Stop</c> may be called from any.
/// </summary>
public sealed class NetMQPoller : IEnumerable, IDisposable
{
    private const int WaitsBetweenLooks = 64;

    private readonly List<NetMQSocket> _sockets = [];
    private readonly List<IPolledQueue> _queues = [];
    private readonly List<NetMQTimer> _timers = [];
    private readonly ConcurrentQueue<Action> _changes = [];
    private readonly ManualResetEventSlim _stopped = new(initialState: true);
    private readonly List<SocketEngine> _held = [];
    private readonly WaitSet _wait = new();
    private readonly Waker _waker = new();
    private Thread? _thread;
    private uint _waits;
    private volatile bool _stop;
    private int _disposed;

    /// <summary>True from the start of <see cref="Run"/> until it ends.</summary>
    public bool IsRunning => !_stopped.IsSet;

    public bool IsDisposed => _disposed != 0;

    public void Add(ISocketPollable socket) => Change(() =>
    {
        switch (socket)
        {
            case NetMQSocket s when !_sockets.Contains(s):
                _sockets.Add(s);
                break;
            case IPolledQueue q when !_queues.Contains(q):
                _queues.Add(q);
                q.WakeBy(_waker.Set);
                break;
        }
    });

    public void Add(NetMQTimer timer) => Change(() =>
    {
        timer.When = NetMQTimer.Unset;
        _timers.Add(timer);
    });

    public void Remove(ISocketPollable socket) => Change(() => RemoveNow(socket));

    public void Remove(NetMQTimer timer) => Change(() => _timers.Remove(timer));

    public void RemoveAndDispose<T>(T socket) where T : ISocketPollable, IDisposable => Change(() =>
    {
        RemoveNow(socket);
        socket.Dispose();
    });

    /// <summary>Polls on a thread of its own; returns when it runs.</summary>
    public void RunAsync() => RunAsync("NetMQPollerThread", isBackgroundThread: false);

    public void RunAsync(string threadName, bool isBackgroundThread)
    {
        Begin();
        new Thread(Loop) { Name = threadName, IsBackground = isBackgroundThread }.Start();
    }

    /// <summary>Polls on this thread until <see cref="Stop"/> or <see cref="StopAsync"/>; an exception of a handler ends it.</summary>
    public void Run()
    {
        Begin();
        Loop();
    }

    /// <summary>Ends <see cref="Run"/> and, from another thread, waits for that.</summary>
    public void Stop()
    {
        StopAsync();
        if (Thread.CurrentThread != _thread)
        {
            _stopped.Wait();
        }
    }

    /// <summary>Has <see cref="Run"/> end soon.</summary>
    public void StopAsync()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (!IsRunning)
        {
            throw new InvalidOperationException("The poller is not running.");
        }
        _stop = true;
        _waker.Set();
    }

    /// <summary>Stops if need be. Sockets, queues and timers stay as they are.</summary>
    public void Dispose()
    {
        if (IsRunning && !IsDisposed)
        {
            Stop();
        }
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            ApplyChanges();
            _queues.ForEach(q => q.WakeBy(null));
            _waker.Dispose();
            _stopped.Set();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => _sockets.Concat<object>(_queues).Concat(_timers).ToArray().GetEnumerator();

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        lock (_stopped)
        {
            if (IsRunning)
            {
                throw new InvalidOperationException("The poller runs already.");
            }
            _stop = false;
            _stopped.Reset();
        }
    }

    private void Loop()
    {
        _thread = Thread.CurrentThread;
        try
        {
            while (!_stop)
            {
                ApplyChanges();
                Wait(RaiseTimers());
                RaiseEvents();
            }
            ApplyChanges();
        }
        finally
        {
            _thread = null;
            _stopped.Set();
        }
    }

    /// <summary>Changes the lists on the polling thread, or here while there is none.</summary>
    private void Change(Action change)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (Thread.CurrentThread == _thread || !IsRunning)
        {
            change();
            return;
        }
        _changes.Enqueue(change);
        _waker.Set();
    }

    private void ApplyChanges()
    {
        while (_changes.TryDequeue(out Action? change))
        {
            change();
        }
        _sockets.RemoveAll(s => s.IsDisposed);
    }

    private void RemoveNow(ISocketPollable socket)
    {
        if (socket is NetMQSocket s)
        {
            _sockets.Remove(s);
        }
        else if (socket is IPolledQueue q && _queues.Remove(q))
        {
            q.WakeBy(null);
        }
    }

    /// <summary>Fires what is due; returns the ms until the next, at most a slice.</summary>
    private int RaiseTimers()
    {
        long next = long.MaxValue;
        for (int i = 0; i < _timers.Count; i++)   // a handler may add or remove timers
        {
            NetMQTimer timer = _timers[i];
            if (!timer.Enable)
            {
                continue;
            }
            long now = Environment.TickCount64;
            if (timer.When == NetMQTimer.Unset)
            {
                timer.When = now + timer.Interval;
            }
            else if (now >= timer.When)
            {
                timer.When = now + timer.Interval;
                timer.Fire(this);
            }
            next = Math.Min(next, timer.Enable && timer.When != NetMQTimer.Unset ? timer.When : long.MaxValue);
        }
        return (int)Math.Clamp(next - Environment.TickCount64, 0, Limits.WaitSlice);
    }

    /// <summary>Waits and does the reading and writing of all sockets, whose locks it holds meanwhile.</summary>
    private void Wait(int milliseconds)
    {
        if (_stop)
        {
            return;
        }
        _wait.Clear();
        _wait.Read.Add(_waker.Socket);
        try
        {
            foreach (NetMQSocket socket in _sockets)
            {
                if (socket.Engine.IsEnding)
                {
                    continue;
                }
                socket.Engine.Gate.Enter();
                _held.Add(socket.Engine);
                milliseconds = socket.Engine.Collect(_wait, milliseconds);
                milliseconds = socket.CanRaise ? 0 : milliseconds;
            }
            if (_queues.Exists(q => q.CanRaise) || !_changes.IsEmpty)
            {
                milliseconds = 0;
            }
            bool look = ++_waits % WaitsBetweenLooks == 0;   // for what spinning passes over: new peers, writing, deadlines
            if (milliseconds > 0 && !look && Spinner.Spin(_held, _waker))
            {
                return;
            }
            _wait.Wait(milliseconds);
            if (_wait.Read.Contains(_waker.Socket))
            {
                _waker.Reset();
            }
            foreach (SocketEngine engine in _held)
            {
                engine.Dispatch(_wait);
            }
        }
        finally
        {
            foreach (SocketEngine engine in _held)
            {
                engine.Gate.Exit();
            }
            _held.Clear();
        }
    }

    private void RaiseEvents()
    {
        for (int i = 0; i < _queues.Count && !_stop; i++)
        {
            _queues[i].RaiseEvents(this);
        }
        for (int i = 0; i < _sockets.Count && !_stop; i++)
        {
            _sockets[i].RaiseEvents(this);
        }
    }
}
