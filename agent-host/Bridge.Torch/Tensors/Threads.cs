using Bridge.Torch.Kernels;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Threads that an operation may use, the calling one included: 1 to 64; more count as 64. Results do not depend on it, bit for bit.</summary>
    public static void set_num_threads(int num) => Workers.Threads = num;

    public static int get_num_threads() => Workers.Threads;
}
