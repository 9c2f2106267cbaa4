using Bridge.Torch.Memory;
using TorchSharp;

namespace Bridge.Torch.Autograd;

/// <summary>
/// One operation in the graph of gradients. A subclass saves what it needs in its constructor, computes the gradients of its inputs in
/// <see cref="Backward"/> and hands each to <see cref="Send"/>. It runs with gradients off, inside a scope that disposes all tensors made there and
/// not sent.
/// </summary>
internal abstract class Node
{
    private Edge _first, _second, _third;
    private Edge[]? _rest;
    private torch.Tensor? _gradient;
    private bool _freed;

    protected Node(string name, torch.Tensor a)
    {
        Name = name;
        _first = Link(a);
    }

    protected Node(string name, torch.Tensor a, torch.Tensor b) : this(name, a) => _second = Link(b);

    protected Node(string name, torch.Tensor a, torch.Tensor b, torch.Tensor? c) : this(name, a, b)
    {
        if (c is not null)
            _third = Link(c);
    }

    /// <summary>Any number of inputs; a null one gets no gradient.</summary>
    protected Node(string name, ReadOnlySpan<torch.Tensor?> inputs)
    {
        Name = name;
        if (inputs.Length > 3)
            _rest = new Edge[inputs.Length - 3];
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i] is torch.Tensor input)
                EdgeAt(i) = Link(input);
    }

    /// <summary>For the ends of the graph.</summary>
    protected Node(string name) => Name = name;

    public string Name { get; }

    /// <summary>Operations on the longest way to a leaf: descending order is a topological one.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether this waits in the engine's queue.</summary>
    internal bool Queued { get; set; }

    /// <summary>Computes the gradient of each wanted input from the gradient of the output.</summary>
    /// <param name="gradient">Shape of the output, any strides. Belongs to the engine; it may be sent on as it is.</param>
    protected abstract void Backward(torch.Tensor gradient);

    /// <summary>Lets go of the saved tensors.</summary>
    protected virtual void ReleaseSaved() { }

    /// <summary>Whether the gradient of this input is wanted.</summary>
    protected bool Wants(int input) => EdgeAt(input).Node is not null;

    /// <summary>Hands over the gradient of an input; the engine owns it from here on.</summary>
    protected void Send(int input, torch.Tensor gradient)
    {
        Edge edge = EdgeAt(input);
        if (edge.Node is null)
            return;
        if (ReferenceEquals(gradient, _running))
            gradient = gradient.Share();
        gradient.DetachFromDisposeScope();
        edge.Node.Receive(edge.Output, gradient);
    }

    private torch.Tensor? _running;

    /// <summary>Adds up what arrives for one output.</summary>
    internal virtual void Receive(int output, torch.Tensor gradient)
    {
        _gradient = _gradient is null ? gradient : Accumulate(_gradient, gradient);
        Engine.Enqueue(this);
    }

    /// <summary>Runs once every gradient has arrived.</summary>
    internal virtual void Run()
    {
        _running = _gradient!;
        _gradient = null;
        try
        {
            Backward(_running);
        }
        finally
        {
            _running.Dispose();
            _running = null;
        }
    }

    /// <summary>Drops what arrived and was not used, after a failed backward.</summary>
    internal virtual void Abandon()
    {
        _gradient?.Dispose();
        _gradient = null;
    }

    internal void CheckNotFreed()
    {
        if (_freed)
            throw new InvalidOperationException($"{Name}: backward through this graph a second time; its saved tensors are freed. Pass retain_graph: true the first time");
    }

    internal void Free()
    {
        _freed = true;
        ReleaseSaved();
        _first = _second = _third = default;
        _rest = null;
    }

    /// <summary>The sum of two gradients, in the first one's memory where nobody else sees it.</summary>
    internal static torch.Tensor Accumulate(torch.Tensor sum, torch.Tensor more)
    {
        if (sum.OwnsMemoryAlone)
        {
            Ops.Arithmetic.AddInto(sum, more);
            more.Dispose();
            return sum;
        }
        torch.Tensor result = Ops.Arithmetic.Add(sum, more);
        result.DetachFromDisposeScope();
        sum.Dispose();
        more.Dispose();
        return result;
    }

    private Edge Link(torch.Tensor input)
    {
        Edge edge = input.GradientEdge();
        if (edge.Node is not null && edge.Node.Depth >= Depth)
            Depth = edge.Node.Depth + 1;
        return edge;
    }

    private ref Edge EdgeAt(int input)
    {
        switch (input)
        {
            case 0: return ref _first;
            case 1: return ref _second;
            case 2: return ref _third;
            default:
                if (_rest is null)
                    return ref s_none;
                return ref _rest[input - 3];
        }
    }

    private static Edge s_none;
}
