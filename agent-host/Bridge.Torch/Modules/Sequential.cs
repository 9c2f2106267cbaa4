using Bridge.Torch.Ops;

namespace TorchSharp.Modules;

/// <summary>
/// Modules one after the other. What lies between two of them is not kept for the caller; the graph keeps what it needs. A linear layer with a ReLU behind it is done
/// in one pass over the memory, with the same numbers.
/// </summary>
public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> _layers = [];

    internal Sequential() : base(nameof(Sequential))
    {
    }

    public int Count => _layers.Count;

    public torch.nn.Module<torch.Tensor, torch.Tensor> this[int index] => _layers[index];

    public Sequential append(string name, torch.nn.Module<torch.Tensor, torch.Tensor> module)
    {
        register_module(name, module);
        _layers.Add(module);
        return this;
    }

    public Sequential append(torch.nn.Module<torch.Tensor, torch.Tensor> module) => append($"{_layers.Count}", module);

    /// <exception cref="InvalidOperationException">There is no module in it.</exception>
    public override torch.Tensor forward(torch.Tensor input)
    {
        if (_layers.Count == 0)
            throw new InvalidOperationException("Sequential: there is no module in it");
        torch.Tensor x = input;
        for (int i = 0; i < _layers.Count; i++)
        {
            torch.Tensor y;
            if (_layers[i] is Linear linear && i + 1 < _layers.Count && _layers[i + 1] is ReLU)
            {
                y = MatrixProducts.Linear(x, linear.weight, linear.bias, relu: true);
                i++;
            }
            else
                y = _layers[i].call(x);
            if (!ReferenceEquals(x, input) && !ReferenceEquals(x, y))
                x.Dispose();
            x = y;
        }
        return x;
    }
}
