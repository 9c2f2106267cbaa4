using Bridge.Torch.Kernels;
using Bridge.Torch.Memory;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Drives elementwise kernels over tensors: broadcasting and strides. No history.</summary>
internal static class Elementwise
{
    /// <summary>Whether an operation on these has to be recorded.</summary>
    public static bool Recorded(torch.Tensor a) => PerThread.GradEnabled && a.Recorded;

    public static bool Recorded(torch.Tensor a, torch.Tensor b) => PerThread.GradEnabled && (a.Recorded | b.Recorded);

    public static bool Recorded(torch.Tensor a, torch.Tensor b, torch.Tensor? c) => PerThread.GradEnabled && (a.Recorded | b.Recorded | (c?.Recorded ?? false));

    /// <summary>y = kernel(a, b), broadcast. Both are of type TIn.</summary>
    public static torch.Tensor Binary<TIn, TOut, TKernel>(torch.Tensor a, torch.Tensor b, torch.ScalarType type, string operation)
        where TIn : unmanaged where TOut : unmanaged where TKernel : struct, IBinaryKernel<TIn, TOut>
    {
        a.Use(operation);
        b.Use(operation);
        torch.Tensor y = torch.Tensor.Empty(type, Shape.Broadcast(a.Sizes, b.Sizes, operation), operation);
        BinaryInto<TIn, TOut, TKernel>(y, a, b, operation);
        return y;
    }

    /// <summary>y = kernel(x, number).</summary>
    public static torch.Tensor Scalar<TIn, TOut, TKernel>(torch.Tensor x, TIn number, torch.ScalarType type, string operation)
        where TIn : unmanaged where TOut : unmanaged where TKernel : struct, IBinaryKernel<TIn, TOut>
    {
        using torch.Tensor? dense = x.Contiguous ? null : Copying.Contiguous(x, operation);
        torch.Tensor y = torch.Tensor.Empty(type, x.Sizes, operation);
        TKernel.Run((dense ?? x).Span<TIn>(operation), number, y.Span<TOut>(operation));
        return y;
    }

    /// <summary>y = kernel(a, b) into a contiguous y of the broadcast shape. y may be a or b where that is contiguous too.</summary>
    public static void BinaryInto<TIn, TOut, TKernel>(torch.Tensor y, torch.Tensor a, torch.Tensor b, string operation)
        where TIn : unmanaged where TOut : unmanaged where TKernel : struct, IBinaryKernel<TIn, TOut>
    {
        Span<TOut> to = y.Span<TOut>(operation);
        bool wholeA = a.Contiguous && a.Count == y.Count, wholeB = b.Contiguous && b.Count == y.Count;
        if (wholeA && wholeB)
            TKernel.Run(a.Span<TIn>(operation), b.Span<TIn>(operation), to);
        else if (wholeA && b.Count == 1)
            TKernel.Run(a.Span<TIn>(operation), b.Raw<TIn>(operation)[0], to);
        else if (wholeB && a.Count == 1)
            TKernel.Run(a.Raw<TIn>(operation)[0], b.Span<TIn>(operation), to);
        else if (y.Count > 0)
            Rows<TIn, TOut, TKernel>(y, to, a, b, operation);
    }

    private static void Rows<TIn, TOut, TKernel>(torch.Tensor y, Span<TOut> to, torch.Tensor a, torch.Tensor b, string operation)
        where TIn : unmanaged where TOut : unmanaged where TKernel : struct, IBinaryKernel<TIn, TOut>
    {
        Span<long> sa = stackalloc long[Shape.MaxRank], sb = stackalloc long[Shape.MaxRank];
        BroadcastStrides(a, y.Sizes, ref sa);
        BroadcastStrides(b, y.Sizes, ref sb);
        var walk = new RowWalk(y.Sizes, y.Strides, sa, sb);
        int stepA = walk.RowStride(1), stepB = walk.RowStride(2), n = walk.Length;
        if (stepA is not (0 or 1))
        {
            using torch.Tensor dense = Copying.Contiguous(a, operation);
            BinaryInto<TIn, TOut, TKernel>(y, dense, b, operation);
            return;
        }
        if (stepB is not (0 or 1))
        {
            using torch.Tensor dense = Copying.Contiguous(b, operation);
            BinaryInto<TIn, TOut, TKernel>(y, a, dense, operation);
            return;
        }
        ReadOnlySpan<TIn> fromA = a.Raw<TIn>(operation), fromB = b.Raw<TIn>(operation);
        while (walk.MoveNext())
        {
            Span<TOut> row = to.Slice(walk.Offset(0), n);
            int offsetA = walk.Offset(1), offsetB = walk.Offset(2);
            if (stepA == 1 && stepB == 1)
                TKernel.Run(fromA.Slice(offsetA, n), fromB.Slice(offsetB, n), row);
            else if (stepA == 1)
                TKernel.Run(fromA.Slice(offsetA, n), fromB[offsetB], row);
            else if (stepB == 1)
                TKernel.Run(fromA[offsetA], fromB.Slice(offsetB, n), row);
            else
            {
                TKernel.Run(fromA[offsetA], fromB.Slice(offsetB, 1), row[..1]);
                row.Fill(row[0]);
            }
        }
    }

    /// <summary>Strides that walk a tensor as if it had the larger shape: 0 where it is repeated.</summary>
    public static void BroadcastStrides(torch.Tensor x, long[] sizes, ref Span<long> strides)
    {
        strides = strides[..sizes.Length];
        strides.Clear();
        int lead = sizes.Length - x.Rank;
        long[] own = x.Strides;
        for (int d = 0; d < own.Length; d++)
            strides[lead + d] = x.Sizes[d] == 1 ? 0 : own[d];
    }
}
