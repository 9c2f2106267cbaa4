using System.Collections;

namespace TorchSharp.Modules;

/// <summary>A list of modules that are registered with the module that holds it, under 0, 1, 2, …</summary>
public class ModuleList<T> : torch.nn.Module, IReadOnlyList<T> where T : torch.nn.Module
{
    private readonly List<T> _items = [];

    public ModuleList(params T[] modules) : base("ModuleList")
    {
        foreach (T module in modules)
            Add(module);
    }

    public int Count => _items.Count;

    public T this[int index] => _items[index];

    public void Add(T item)
    {
        register_module($"{_items.Count}", item);
        _items.Add(item);
    }

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
