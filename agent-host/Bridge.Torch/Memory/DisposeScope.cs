using Bridge.Torch.Memory;

namespace TorchSharp;

/// <summary>Disposes, at its end, every tensor made on this thread while it was the innermost scope. Use with <c>using</c>.</summary>
public sealed class DisposeScope : IDisposable
{
    private IDisposable?[] _items = new IDisposable?[16];
    private int _count;
    private bool _closed;

    internal DisposeScope(DisposeScope? outer) => OuterScope = outer;

    internal DisposeScope? OuterScope { get; }

    /// <summary>How many disposables are in the scope now.</summary>
    public int DisposablesCount
    {
        get
        {
            int n = 0;
            for (int i = 0; i < _count; i++)
                if (_items[i] is not null)
                    n++;
            return n;
        }
    }

    /// <summary>Takes a tensor into this scope, out of any other.</summary>
    public void Attach(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningScope?.Remove(tensor);
            Add(tensor);
        }
        else if (!Contains(disposable))
            AddItem(disposable);
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables)
            MoveToOther(OuterScope, disposable);
    }

    /// <summary>Moves what is in this scope to another one, or out of all scopes where that is null.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (TryRemove(disposable))
            scope?.Attach(disposable);
        return disposable;
    }

    /// <summary>Takes what is in this scope out of all scopes: its owner disposes it.</summary>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        TryRemove(disposable);
        return disposable;
    }

    public bool Contains(IDisposable disposable) => IndexOf(disposable) >= 0;

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(params IDisposable[] keep)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            IDisposable? item = _items[i];
            _items[i] = null;
            if (item is null)
                continue;
            if (keep.Length > 0 && Array.IndexOf(keep, item) >= 0)
            {
                _items[kept] = item;
                if (item is torch.Tensor tensor)
                    tensor.ScopeIndex = kept;
                kept++;
            }
            else if (item is torch.Tensor tensor)
            {
                tensor.OwningScope = null;
                tensor.Dispose();
            }
            else
                item.Dispose();
        }
        _count = kept;
    }

    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        DisposeEverything();
        PerThread.CloseScope(this);
    }

    internal void Add(torch.Tensor tensor)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        tensor.OwningScope = this;
        tensor.ScopeIndex = AddItem(tensor);
    }

    internal void Remove(torch.Tensor tensor)
    {
        _items[tensor.ScopeIndex] = null;
        tensor.OwningScope = null;
        while (_count > 0 && _items[_count - 1] is null)
            _count--;
    }


    private int AddItem(IDisposable item)
    {
        if (_count == _items.Length)
            MakeRoom();
        _items[_count] = item;
        return _count++;
    }

    /// <summary>Closes the gaps that tensors disposed one by one have left; grows only where there are few.</summary>
    private void MakeRoom()
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            IDisposable? item = _items[i];
            if (item is null)
                continue;
            _items[kept] = item;
            if (item is torch.Tensor tensor)
                tensor.ScopeIndex = kept;
            kept++;
        }
        Array.Clear(_items, kept, _count - kept);
        _count = kept;
        if (kept > _items.Length / 2)
            Array.Resize(ref _items, _items.Length * 2);
    }

    private bool TryRemove(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            if (tensor.OwningScope != this)
                return false;
            Remove(tensor);
            return true;
        }
        int i = IndexOf(disposable);
        if (i >= 0)
            _items[i] = null;
        return i >= 0;
    }

    private int IndexOf(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
            return tensor.OwningScope == this ? tensor.ScopeIndex : -1;
        return Array.IndexOf(_items, disposable, 0, _count);
    }
}
