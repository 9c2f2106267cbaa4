namespace Bridge.Torch.Autograd;

/// <summary>Where a gradient goes: an output of the node that made the tensor. No node: nobody wants it.</summary>
internal readonly record struct Edge(Node? Node, int Output);
