namespace Bridge.Torch.Kernels;

/// <summary>An elementwise function of two numbers, over rows of which one may be a single number.</summary>
internal interface IBinaryKernel<TIn, TOut>
{
    static abstract void Run(ReadOnlySpan<TIn> a, ReadOnlySpan<TIn> b, Span<TOut> y);
    static abstract void Run(ReadOnlySpan<TIn> a, TIn b, Span<TOut> y);
    static abstract void Run(TIn a, ReadOnlySpan<TIn> b, Span<TOut> y);
}
