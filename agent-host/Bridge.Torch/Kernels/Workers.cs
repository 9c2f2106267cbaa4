using System.Runtime.ExceptionServices;

namespace Bridge.Torch.Kernels;

/// <summary>A loop's body; a struct that carries what the body needs, so that no call allocates.</summary>
internal interface IBlockWork
{
    /// <summary>Does block <paramref name="block"/>, 0 to count - 1. Called once a block, in any order, from any thread.</summary>
    void Run(int block);
}

/// <summary>
/// Runs the blocks of a loop on the calling thread and on worker threads. What a block computes must not depend on who runs it: then results have the same
/// bits for any number of threads. Threads start when first needed, are background threads, spin briefly for the next loop and then sleep.
/// </summary>
internal static class Workers
{
    /// <summary>Work (in multiply-adds or like steps) below which a loop stays on the calling thread: handing over costs some microseconds.</summary>
    public const long SmallWork = 500_000;

    private const int MaxThreads = 64;
    private const int SpinRounds = 400;

    private static readonly object _one = new();
    private static readonly Worker?[] _workers = new Worker?[MaxThreads - 1];
    private static int _threads = Math.Clamp(Environment.ProcessorCount, 1, MaxThreads);

    [ThreadStatic]
    private static bool _inside;

    /// <summary>Threads that a loop may use, the calling one included: 1 to 64. Default: the processors of this machine.</summary>
    public static int Threads
    {
        get => Volatile.Read(ref _threads);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, "threads");
            Volatile.Write(ref _threads, Math.Min(value, MaxThreads));
        }
    }

    /// <summary>How many threads a loop of so much work would get; 1 inside another loop.</summary>
    public static int ThreadsFor(long work) => work < SmallWork || _inside ? 1 : Threads;

    /// <summary>
    /// Runs blocks 0 to <paramref name="count"/> - 1. Small work, a loop inside a loop, and a loop while another thread's loop has the workers stay on the
    /// calling thread. An exception of a block is thrown here, after all threads have stopped.
    /// </summary>
    public static void For<T>(int count, T body, long work) where T : struct, IBlockWork
    {
        int helpers = Math.Min(ThreadsFor(work), count) - 1;
        if (helpers <= 0 || !Monitor.TryEnter(_one))
        {
            for (int block = 0; block < count; block++)
                body.Run(block);
            return;
        }
        try
        {
            Loop<T> loop = Loop<T>.Take();
            loop.Start(body, count);
            for (int i = 0; i < helpers; i++)
                (_workers[i] ??= new Worker(i)).Offer(loop);
            _inside = true;
            loop.Work();
            _inside = false;
            for (int i = 0; i < helpers; i++)
                _workers[i]!.AwaitDone();
            loop.Finish();
        }
        finally
        {
            Monitor.Exit(_one);
        }
    }

    private abstract class Loop
    {
        public abstract void Work();
    }

    /// <summary>The loop that is running. One exists for each kind of body, used again: only one loop at a time has the workers.</summary>
    private sealed class Loop<T> : Loop where T : struct, IBlockWork
    {
        private static Loop<T>? _kept;
        private T _body;
        private int _count;
        private int _next;
        private Exception? _failure;

        public static Loop<T> Take() => _kept ??= new Loop<T>();

        public void Start(T body, int count)
        {
            _body = body;
            _count = count;
            _next = -1;
            _failure = null;
        }

        public override void Work()
        {
            try
            {
                int block;
                while ((block = Interlocked.Increment(ref _next)) < _count)
                    _body.Run(block);
            }
            catch (Exception e)
            {
                // Handed to the calling thread, which throws it; the other threads take no further block.
                Interlocked.CompareExchange(ref _failure, e, null);
                Volatile.Write(ref _next, int.MaxValue / 2);
            }
        }

        public void Finish()
        {
            _body = default;
            if (_failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
        }
    }

    private sealed class Worker
    {
        private const int Idle = 0, Offered = 1, Running = 2;

        private readonly SemaphoreSlim _wake = new(0);
        private Loop? _loop;
        private int _state;
        private int _asleep;

        public Worker(int index)
        {
            var thread = new Thread(Run) { IsBackground = true, Name = $"torch-{index + 1}" };
            thread.Start();
        }

        public void Offer(Loop loop)
        {
            _loop = loop;
            Interlocked.Exchange(ref _state, Offered);
            if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1)
                _wake.Release();
        }

        /// <summary>
        /// Takes the offer back from a worker that has not begun (its processor is busy with something else), else waits until its block is done. Blocks are
        /// short and always end, so this needs no limit; it spins first, then gives its time slice away.
        /// </summary>
        public void AwaitDone()
        {
            if (Interlocked.CompareExchange(ref _state, Idle, Offered) != Running)
                return;
            var spin = new SpinWait();
            while (Volatile.Read(ref _state) == Running)
                spin.SpinOnce(sleep1Threshold: -1);
        }

        private void Run()
        {
            _inside = true;
            while (true)
            {
                for (int i = 0; i < SpinRounds && Volatile.Read(ref _state) == Idle; i++)
                    Thread.SpinWait(10);
                if (Interlocked.CompareExchange(ref _state, Running, Offered) == Offered)
                {
                    _loop!.Work();
                    Volatile.Write(ref _state, Idle);
                    continue;
                }
                Interlocked.Exchange(ref _asleep, 1);
                // Offered between the last look and falling asleep: whoever resets the flag decides, and then the semaphore has been released.
                if (Volatile.Read(ref _state) == Idle || Interlocked.Exchange(ref _asleep, 0) == 0)
                    _wake.Wait();
            }
        }
    }
}
