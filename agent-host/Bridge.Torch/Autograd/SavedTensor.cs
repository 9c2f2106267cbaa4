using Bridge.Torch.Memory;
using TorchSharp;

namespace Bridge.Torch.Autograd;

/// <summary>A tensor that the gradient needs: keeps its memory, and notices when somebody changed it in place.</summary>
internal struct SavedTensor
{
    private torch.Tensor? _tensor;
    private Storage? _storage;
    private int _version;

    public SavedTensor(torch.Tensor tensor, string operation)
    {
        _tensor = tensor;
        _storage = tensor.Use(operation);
        _version = _storage.Version;
        _storage.AddUser();
    }

    /// <summary>The tensor as it was. Belongs to the node: not to be disposed.</summary>
    public torch.Tensor Get(string operation)
    {
        if (_storage is null)
            throw new InvalidOperationException($"{operation}: backward through this graph a second time; its saved tensors are freed. Pass retain_graph: true the first time");
        if (_storage.Version != _version)
            throw new InvalidOperationException($"{operation}: the tensor {_tensor!.Text}, needed for the gradient, was changed in place (version {_storage.Version}, saved at {_version})");
        if (_tensor!.IsInvalid)
        {
            // Its owner is done with it; the memory is still held here, and the new object takes that use over.
            _tensor = _tensor.Revive(_storage);
            _tensor.DetachFromDisposeScope();
            _revived = true;
        }
        return _tensor;
    }

    private bool _revived;

    public void Release()
    {
        if (_storage is null)
            return;
        if (_revived)
            _tensor!.Dispose();
        else
            _storage.RemoveUser();
        _storage = null;
        _tensor = null;
    }
}
