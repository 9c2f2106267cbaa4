using TorchSharp;

namespace Bridge.Torch.Autograd;

/// <summary>The end of the graph: a tensor that asked for its gradient.</summary>
internal sealed class LeafNode(torch.Tensor leaf) : Node("leaf")
{
    internal override void Receive(int output, torch.Tensor gradient) => leaf.AccumulateGradient(gradient);

    protected override void Backward(torch.Tensor gradient) => throw new InvalidOperationException("leaf: nothing lies behind it");
}
