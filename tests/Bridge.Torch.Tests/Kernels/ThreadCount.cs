using Bridge.Torch.Kernels;

namespace Bridge.Torch.Tests.Kernels;

/// <summary>Runs something with a number of threads, then sets the number back.</summary>
internal static class ThreadCount
{
    public static T Run<T>(int threads, Func<T> work)
    {
        int before = Workers.Threads;
        Workers.Threads = threads;
        try
        {
            return work();
        }
        finally
        {
            Workers.Threads = before;
        }
    }
}
