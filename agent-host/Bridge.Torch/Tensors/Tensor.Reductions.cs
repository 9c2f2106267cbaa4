using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);
    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor mean(Tensor input) => input.mean();
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) => input.mean(dimensions, keepdim, type);
    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);
    public static Tensor var(Tensor input, long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.var(dim, unbiased, keepdim, type);
    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);
    public static Tensor std(Tensor input, long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => input.std(dim, unbiased, keepdim, type);
    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);
    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);
    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);
    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2.0f) => input.norm(dimension, keepdim, p);
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);
    public static Tensor any(Tensor input) => input.any();
    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);
    public static Tensor all(Tensor input) => input.all();
    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);
    public static Tensor max(Tensor input) => input.max();
    public static Tensor max(Tensor input, Tensor other) => input.maximum(other);
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);
    public static Tensor min(Tensor input) => input.min();
    public static Tensor min(Tensor input, Tensor other) => input.minimum(other);
    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false) => input.amax(dims, keepdim);
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false) => input.amin(dims, keepdim);
    public static Tensor argmax(Tensor input) => input.argmax();
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);
    public static Tensor argmin(Tensor input) => input.argmin();
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);
    public static (Tensor values, Tensor indexes) topk(Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) => tensor.topk(k, dim, largest, sorted);
    public static (Tensor Values, Tensor Indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) => input.sort(dim, descending, stable);
    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => input.argsort(dim, descending);

    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Reductions.Sum(As(type), [], false);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Reductions.Sum(As(type), [dim], keepdim);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Reductions.Sum(As(type), dim, keepdim);
        public Tensor mean() => Reductions.Mean(this, [], false);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Reductions.Mean(As(type), dimensions, keepdim);
        public Tensor var(bool unbiased = true) => Reductions.Var(this, [], unbiased, false);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Reductions.Var(As(type), [dim], unbiased, keepdim);
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Reductions.Var(As(type), dimensions, unbiased, keepdim);
        public Tensor std(bool unbiased = true) => Reductions.Std(this, [], unbiased, false);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Reductions.Std(As(type), [dim], unbiased, keepdim);
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Reductions.Std(As(type), dimensions, unbiased, keepdim);
        public Tensor prod(ScalarType? type = null) => Products.Prod(As(type));
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Products.Prod(As(type), dim, keepdim);
        public Tensor cumsum(long dim, ScalarType? type = null) => Products.CumSum(As(type), dim);
        public Tensor norm(float p = 2.0f) => Norms.Norm(this, [], false, p);
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Norms.Norm(this, [dim], keepdim, p);
        public Tensor logsumexp(long dim, bool keepdim = false) => Softmaxes.LogSumExp(this, dim, keepdim);
        public Tensor any() => Truth.Over(this, [], false, true, "any");
        public Tensor any(long dim, bool keepdim = false) => Truth.Over(this, [dim], keepdim, true, "any");
        public Tensor all() => Truth.Over(this, [], false, false, "all");
        public Tensor all(long dim, bool keepdim = false) => Truth.Over(this, [dim], keepdim, false, "all");
        public Tensor max() => ExtremesAlong.Value(this, [], false, true);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => ExtremesAlong.Along(this, dim, keepdim, true);
        public Tensor min() => ExtremesAlong.Value(this, [], false, false);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => ExtremesAlong.Along(this, dim, keepdim, false);
        public Tensor amax(long[] dims, bool keepdim = false) => ExtremesAlong.Value(this, dims, keepdim, true);
        public Tensor amin(long[] dims, bool keepdim = false) => ExtremesAlong.Value(this, dims, keepdim, false);
        public Tensor argmax() => ExtremesAlong.Index(this, true);
        public Tensor argmax(long dim, bool keepdim = false) => ExtremesAlong.Index(this, dim, keepdim, true);
        public Tensor argmin() => ExtremesAlong.Index(this, false);
        public Tensor argmin(long dim, bool keepdim = false) => ExtremesAlong.Index(this, dim, keepdim, false);

        /// <summary>The k largest (or smallest) along a dimension and their places, always in order.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Sorting.TopK(this, k, dim, largest);

        /// <summary>In order along a dimension; always stable.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Sorting.Sort(this, dim, descending);

        public Tensor argsort(long dim = -1, bool descending = false) => Sorting.ArgSort(this, dim, descending);
    }
}
