using Bridge.Torch.Memory;
using TorchSharp;

namespace Bridge.Torch.Autograd;

/// <summary>Backward: runs the nodes from the last to the first, each when all its gradients have arrived.</summary>
internal sealed class Engine
{
    [ThreadStatic] private static Engine? t_current;

    private readonly PriorityQueue<Node, int> _ready = new();

    /// <summary>Runs backward from <paramref name="root"/> with the gradient <paramref name="gradient"/>, of which the engine takes ownership.</summary>
    public static void Run(Edge root, torch.Tensor gradient, bool retainGraph)
    {
        if (t_current is not null)
            throw new InvalidOperationException("backward: called from inside a backward");
        Engine engine = t_current = new Engine();
        DisposeScope? outer = PerThread.Scope;
        bool gradients = PerThread.GradEnabled;
        PerThread.GradEnabled = false;
        DisposeScope scope = PerThread.OpenScope();
        try
        {
            gradient.DetachFromDisposeScope();
            root.Node!.Receive(root.Output, gradient);
            while (engine._ready.TryDequeue(out Node? node, out _))
            {
                node.Queued = false;
                node.CheckNotFreed();
                node.Run();
                if (!retainGraph)
                    node.Free();
                scope.DisposeEverything();
            }
        }
        finally
        {
            while (engine._ready.TryDequeue(out Node? node, out _))
            {
                node.Queued = false;
                node.Abandon();
            }
            scope.Dispose();
            PerThread.Scope = outer;
            PerThread.GradEnabled = gradients;
            t_current = null;
        }
    }

    internal static void Enqueue(Node node)
    {
        if (node.Queued)
            return;
        node.Queued = true;
        t_current!._ready.Enqueue(node, -node.Depth);
    }
}
