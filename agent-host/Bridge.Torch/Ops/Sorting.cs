using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Orders along a dimension. Stable; NaN counts as the largest.</summary>
internal static class Sorting
{
    public static (torch.Tensor Values, torch.Tensor Indexes) Sort(torch.Tensor x, long dim, bool descending) => First(x, dim, null, descending, "sort");

    /// <summary>The k largest (or smallest), in order.</summary>
    public static (torch.Tensor Values, torch.Tensor Indexes) TopK(torch.Tensor x, long k, long dim, bool largest) => First(x, dim, k, largest, "topk");

    public static torch.Tensor ArgSort(torch.Tensor x, long dim, bool descending) => Order(x, dim, null, descending, "argsort");

    private static (torch.Tensor, torch.Tensor) First(torch.Tensor x, long dim, long? k, bool descending, string operation)
    {
        torch.Tensor index = Order(x, dim, k, descending, operation);
        return (Gathering.Gather(x, dim, index, operation), index);
    }

    private static torch.Tensor Order(torch.Tensor x, long dim, long? k, bool descending, string operation)
    {
        int d = Shape.Dim(dim, x.Rank, operation);
        (int outer, int n, int inner) = Shape.Split(x.Sizes, d);
        long wanted = k ?? n;
        if (wanted < 0 || wanted > n)
            throw new ArgumentOutOfRangeException(nameof(k), $"{operation}: {wanted} of the {n} elements along dimension {dim} of {x.Text}");
        long[] sizes = (long[])x.Sizes.Clone();
        if (sizes.Length > 0)
            sizes[d] = wanted;
        torch.Tensor index = torch.Tensor.Empty(torch.ScalarType.Int64, sizes, operation);
        using torch.Tensor keys = x.Use(operation).Type == torch.ScalarType.Bool ? Copying.Cast(x, torch.ScalarType.Int64) : Copying.Contiguous(x);
        if (x.dtype == torch.ScalarType.Float32)
            Order<float>(keys.Floats, index.Longs, outer, n, inner, (int)wanted, descending);
        else
            Order<long>(keys.Longs, index.Longs, outer, n, inner, (int)wanted, descending);
        return index;
    }

    private static void Order<T>(ReadOnlySpan<T> keys, Span<long> index, int outer, int n, int inner, int wanted, bool descending) where T : IComparable<T>
    {
        var row = new T[n];
        var order = new int[n];
        var comparer = new ByKey<T>(row, descending);
        for (int o = 0; o < outer; o++)
            for (int j = 0; j < inner; j++)
            {
                for (int i = 0; i < n; i++)
                {
                    row[i] = keys[(o * n + i) * inner + j];
                    order[i] = i;
                }
                order.AsSpan().Sort(comparer);
                for (int i = 0; i < wanted; i++)
                    index[(o * wanted + i) * inner + j] = order[i];
            }
    }

    /// <summary>Orders places by what is there, and equals by place. .NET counts NaN as the smallest, PyTorch as the largest.</summary>
    private readonly struct ByKey<T>(T[] keys, bool descending) : IComparer<int> where T : IComparable<T>
    {
        public int Compare(int a, int b)
        {
            T x = keys[a], y = keys[b];
            int order = x.CompareTo(y);
            if (typeof(T) == typeof(float) && order != 0 && (IsNaN(x) || IsNaN(y)))
                order = -order;
            if (order == 0)
                return a.CompareTo(b);
            return descending ? -order : order;
        }

        private static bool IsNaN(T x) => x is float value && float.IsNaN(value);
    }
}
