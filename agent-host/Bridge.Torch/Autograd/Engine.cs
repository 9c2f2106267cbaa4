using Bridge.Torch.Memory;
using TorchSharp;

namespace Bridge.Torch.Autograd;

/// <summary>Backward: runs the nodes from the last to the first, each when all its gradients have arrived. One a thread, used again.</summary>
internal sealed class Engine
{
    [ThreadStatic] private static Engine? t_engine;

    private readonly PriorityQueue<Node, int> _ready = new();
    private readonly DisposeScope _temporaries = new(null);
    private bool _running;

    /// <summary>Runs backward from <paramref name="root"/> with the gradient <paramref name="gradient"/>, of which the engine takes ownership.</summary>
    public static void Run(Edge root, torch.Tensor gradient, bool retainGraph)
    {
        Engine engine = t_engine ??= new Engine();
        if (engine._running)
            throw new InvalidOperationException("backward: called from inside a backward");
        DisposeScope? outer = PerThread.Scope;
        bool gradients = PerThread.GradEnabled;
        gradient.DetachFromDisposeScope();
        engine._running = true;
        PerThread.GradEnabled = false;
        PerThread.Scope = engine._temporaries;
        try
        {
            root.Node!.Receive(root.Output, gradient);
            engine.RunReady(retainGraph);
        }
        finally
        {
            engine.Abandon();
            PerThread.Scope = outer;
            PerThread.GradEnabled = gradients;
            engine._running = false;
        }
    }

    internal static void Enqueue(Node node)
    {
        if (node.Queued)
            return;
        node.Queued = true;
        t_engine!._ready.Enqueue(node, -node.Depth);
    }

    private void RunReady(bool retainGraph)
    {
        while (_ready.TryDequeue(out Node? node, out _))
        {
            node.Queued = false;
            try
            {
                node.CheckNotFreed();
                node.Run();
            }
            catch
            {
                node.Abandon();
                throw;
            }
            if (!retainGraph)
                node.Free();
            _temporaries.DisposeEverything();
        }
    }

    /// <summary>Drops what a failed backward has left over.</summary>
    private void Abandon()
    {
        while (_ready.TryDequeue(out Node? node, out _))
        {
            node.Queued = false;
            node.Abandon();
        }
        _temporaries.DisposeEverything();
    }
}
