namespace Bridge.Torch.Kernels;

/// <summary>Folds many numbers into one.</summary>
internal interface IReduction<T>
{
    /// <summary>The fold of one row; an empty one gives the neutral element.</summary>
    static abstract T Row(ReadOnlySpan<T> x);

    /// <summary>y[j] = the fold of column j of x (rows, y.Length), row-major.</summary>
    static abstract void Columns(ReadOnlySpan<T> x, int rows, Span<T> y);
}
