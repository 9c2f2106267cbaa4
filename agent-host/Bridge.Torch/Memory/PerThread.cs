using TorchSharp;

namespace Bridge.Torch.Memory;

/// <summary>What belongs to one thread: its innermost dispose scope and whether gradients are recorded.</summary>
internal static class PerThread
{
    [ThreadStatic] private static DisposeScope? t_scope;
    [ThreadStatic] private static bool t_gradOff;

    public static DisposeScope? Scope { get => t_scope; set => t_scope = value; }

    public static bool GradEnabled { get => !t_gradOff; set => t_gradOff = !value; }

    public static DisposeScope OpenScope() => t_scope = new DisposeScope(t_scope);

    /// <summary>Ends a scope; inner ones that were left open end with it.</summary>
    public static void CloseScope(DisposeScope scope)
    {
        for (DisposeScope? s = t_scope; s is not null; s = s.OuterScope)
        {
            if (s != scope)
                continue;
            DisposeScope? inner = t_scope;
            t_scope = scope.OuterScope;
            while (inner != scope)
            {
                DisposeScope? next = inner!.OuterScope;
                inner.Dispose();
                inner = next;
            }
            return;
        }
    }
}
