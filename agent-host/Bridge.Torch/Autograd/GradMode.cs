using Bridge.Torch.Memory;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>No gradients are recorded on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable inference_mode(bool mode = true) => new GradMode(!mode);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => PerThread.GradEnabled;

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = PerThread.GradEnabled;
        private bool _disposed;

        public GradMode(bool enabled) => PerThread.GradEnabled = enabled;

        public void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            PerThread.GradEnabled = _before;
        }
    }
}
