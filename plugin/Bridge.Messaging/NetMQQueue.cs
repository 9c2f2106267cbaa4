using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NetMQ;

/// <summary>What <see cref="NetMQQueue{T}.ReceiveReady"/> tells its handlers.</summary>
public sealed class NetMQQueueEventArgs<T>(NetMQQueue<T> queue) : EventArgs
{
    public NetMQQueue<T> Queue { get; } = queue;
}

/// <summary>A queue that any thread may fill and one empties; a <see cref="NetMQPoller"/> wakes up for it at once.</summary>
public sealed class NetMQQueue<T> : IPolledQueue, ISocketPollable, IEnumerable<T>, IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<T> _items = [];
    private readonly int _capacity;
    private readonly NetMQQueueEventArgs<T> _args;
    private Action? _wake;

    /// <param name="capacity">Most items before <see cref="Enqueue"/> waits; 0 for no limit.</param>
    public NetMQQueue(int capacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _capacity = capacity;
        _args = new NetMQQueueEventArgs<T>(this);
    }

    /// <summary>Raised by the poller while there is an item.</summary>
    public event EventHandler<NetMQQueueEventArgs<T>>? ReceiveReady;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _items.Count;
            }
        }
    }

    public bool IsEmpty => Count == 0;

    public bool IsDisposed { get; private set; }

    /// <summary>Adds an item; waits while the queue is full.</summary>
    public void Enqueue(T value)
    {
        Action? wake;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            while (_capacity > 0 && _items.Count >= _capacity)
            {
                Monitor.Wait(_gate);
                ObjectDisposedException.ThrowIf(IsDisposed, this);
            }
            _items.Enqueue(value);
            Monitor.PulseAll(_gate);
            wake = _items.Count == 1 ? _wake : null;   // with more the poller knows already
        }
        wake?.Invoke();
    }

    /// <summary>Takes an item, waiting for it at most so long (negative: for ever).</summary>
    public bool TryDequeue([MaybeNullWhen(false)] out T result, TimeSpan timeout)
    {
        long until = Environment.TickCount64 + (long)Math.Ceiling(timeout.TotalMilliseconds);
        lock (_gate)
        {
            while (_items.Count == 0)
            {
                ObjectDisposedException.ThrowIf(IsDisposed, this);
                long left = timeout < TimeSpan.Zero ? Timeout.Infinite : until - Environment.TickCount64;
                if (left == 0 || (left < 0 && timeout >= TimeSpan.Zero))
                {
                    result = default;
                    return false;
                }
                Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue));
            }
            result = _items.Dequeue();
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Takes an item, waiting for it.</summary>
    public T Dequeue()
    {
        T? item;
        while (!TryDequeue(out item, Timeout.InfiniteTimeSpan))
        {
        }
        return item;
    }

    /// <summary>The items at this moment; none is taken.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        lock (_gate)
        {
            return ((IEnumerable<T>)_items.ToArray()).GetEnumerator();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Ends the queue: whoever waits in it gets <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            IsDisposed = true;
            _items.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    void IPolledQueue.WakeBy(Action? wake)
    {
        lock (_gate)
        {
            _wake = wake;
        }
    }

    bool IPolledQueue.CanRaise => ReceiveReady is not null && !IsEmpty;

    void IPolledQueue.RaiseEvents(object sender)
    {
        if (!IsEmpty)
        {
            ReceiveReady?.Invoke(sender, _args);
        }
    }
}
