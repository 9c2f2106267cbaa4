using TorchSharp;

namespace Bridge.Torch.Autograd;

/// <summary>An operation with several outputs that have gradients, such as lstm. Output i was marked by <c>SetHistory(node, i)</c>.</summary>
internal abstract class MultiNode : Node
{
    private readonly torch.Tensor?[] _gradients;

    protected MultiNode(string name, int outputs, ReadOnlySpan<torch.Tensor?> inputs) : base(name, inputs) => _gradients = new torch.Tensor?[outputs];

    /// <summary>Computes the gradient of each wanted input.</summary>
    /// <param name="gradients">One an output; null where none arrived, which stands for zeros. Belong to the engine: send a Share() of one, not itself.</param>
    protected abstract void Backward(ReadOnlySpan<torch.Tensor?> gradients);

    protected sealed override void Backward(torch.Tensor gradient) => throw new InvalidOperationException($"{Name} has several outputs");

    internal sealed override void Receive(int output, torch.Tensor gradient)
    {
        _gradients[output] = _gradients[output] is torch.Tensor sum ? Accumulate(sum, gradient) : gradient;
        Engine.Enqueue(this);
    }

    internal sealed override void Run()
    {
        try
        {
            Backward(_gradients);
        }
        finally
        {
            Abandon();
        }
    }

    internal sealed override void Abandon()
    {
        foreach (torch.Tensor? gradient in _gradients)
            gradient?.Dispose();
        Array.Clear(_gradients);
    }
}
