namespace NetMQ;

/// <summary>What <see cref="NetMQTimer.Elapsed"/> tells its handlers.</summary>
public class NetMQTimerEventArgs(NetMQTimer timer) : EventArgs
{
    public NetMQTimer Timer { get; } = timer;
}

/// <summary>Fires on the thread of the poller it is added to, each <see cref="Interval"/> ms while <see cref="Enable"/> is true.</summary>
public class NetMQTimer
{
    internal const long Unset = -1;

    private readonly NetMQTimerEventArgs _args;
    private int _interval;
    private bool _enable = true;
    private long _when = Unset;

    public NetMQTimer(TimeSpan interval) : this((int)interval.TotalMilliseconds) { }

    /// <param name="interval">Milliseconds, not negative.</param>
    public NetMQTimer(int interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(interval);
        _interval = interval;
        _args = new NetMQTimerEventArgs(this);
    }

    public event EventHandler<NetMQTimerEventArgs>? Elapsed;

    /// <summary>Milliseconds between two firings; a change starts the wait again.</summary>
    public int Interval
    {
        get => _interval;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _interval = value;
            Restart();
        }
    }

    public bool Enable
    {
        get => _enable;
        set
        {
            if (_enable != value)
            {
                _enable = value;
                Restart();
            }
        }
    }

    /// <summary>When it fires next, in <see cref="Environment.TickCount64"/>; <see cref="Unset"/> before the poller has seen it.</summary>
    internal long When { get => Interlocked.Read(ref _when); set => Interlocked.Exchange(ref _when, value); }

    /// <summary>Enables the timer and starts its wait again.</summary>
    public void EnableAndReset()
    {
        _enable = true;
        Restart();
    }

    internal void Fire(object sender) => Elapsed?.Invoke(sender, _args);

    private void Restart() => When = _enable ? Environment.TickCount64 + _interval : Unset;
}
