namespace NetMQ.Core;

/// <summary>
/// The one background thread of the process. It looks after sockets in which nobody waits: accepting, connecting, heartbeats, queues,
/// reading up to the high-water mark, the end after Dispose.
/// </summary>
internal static class Housekeeper
{
    private const int BusyMs = 1;
    private const int IdleMs = 10;

    private static readonly Lock Gate = new();
    private static readonly AutoResetEvent Wake = new(false);
    private static volatile SocketEngine[] s_engines = [];
    private static Thread? s_thread;

    /// <summary>Looks after a socket from now on, until it is finished.</summary>
    public static void Add(SocketEngine engine)
    {
        lock (Gate)
        {
            if (Array.IndexOf(s_engines, engine) < 0)
            {
                s_engines = [.. s_engines, engine];
            }
            if (s_thread is null)
            {
                s_thread = new Thread(Run) { Name = "bridge-io", IsBackground = true };
                s_thread.Start();
            }
        }
        Kick();
    }

    /// <summary>Something is left to do: look soon.</summary>
    public static void Kick() => Wake.Set();

    public static void TerminateAll(bool block)
    {
        SocketEngine[] engines = s_engines;
        foreach (SocketEngine engine in engines)
        {
            engine.Terminate();
        }
        // Each engine is finished when its own linger time is over, so this ends.
        while (block && !Array.TrueForAll(engines, e => e.IsFinished))
        {
            Thread.Sleep(BusyMs);
        }
    }

    private static void Run()
    {
        int delay = BusyMs;
        while (true)
        {
            bool progress = false;
            SocketEngine[] engines = s_engines;
            foreach (SocketEngine engine in engines)
            {
                progress |= Look(engine);
            }
            delay = progress ? BusyMs : Math.Min(IdleMs, delay * 2);
            if (Wake.WaitOne(engines.Length == 0 ? Timeout.Infinite : delay))
            {
                delay = BusyMs;
            }
        }
    }

    private static bool Look(SocketEngine engine)
    {
        if (!engine.Gate.TryEnter())
        {
            return false;   // somebody is at work in it
        }
        try
        {
            bool progress = engine.Tick();
            if (engine.IsFinished)
            {
                Remove(engine);
            }
            return progress;
        }
        catch (Exception e)   // the top of a thread: one broken socket must not end the others, nor the process
        {
            engine.Fail(e);
            return true;
        }
        finally
        {
            engine.Gate.Exit();
        }
    }

    private static void Remove(SocketEngine engine)
    {
        lock (Gate)
        {
            s_engines = Array.FindAll(s_engines, e => e != engine);
        }
    }
}
