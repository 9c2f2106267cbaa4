using System.Numerics;
using System.Runtime.InteropServices;

namespace Bridge.Torch.Kernels;

/// <summary>A function of two numbers, many at a time.</summary>
internal interface IMap2
{
    Vector<float> Of(Vector<float> a, Vector<float> b);
}

/// <summary>Runs small elementwise functions over spans, for what TensorPrimitives does not have in one pass.</summary>
internal static class Map
{
    /// <summary>y[i] = f(a[i], b[i]), all of y's length; y may be a or b.</summary>
    public static void Run<TMap>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TMap f) where TMap : struct, IMap2
    {
        int n = y.Length, lanes = Vector<float>.Count;
        ref float fromA = ref MemoryMarshal.GetReference(a[..n]), fromB = ref MemoryMarshal.GetReference(b[..n]), to = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= n - lanes; i += lanes)
            f.Of(Vector.LoadUnsafe(ref fromA, (nuint)i), Vector.LoadUnsafe(ref fromB, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        if (i == n)
            return;
        // The rest in one padded vector, so that every element goes the same way.
        Span<float> restA = stackalloc float[lanes], restB = stackalloc float[lanes];
        restA.Clear();
        restB.Clear();
        a[i..n].CopyTo(restA);
        b[i..n].CopyTo(restB);
        f.Of(new Vector<float>(restA), new Vector<float>(restB)).CopyTo(restA);
        restA[..(n - i)].CopyTo(y[i..]);
    }
}
