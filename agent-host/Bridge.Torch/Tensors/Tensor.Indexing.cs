using System.Runtime.CompilerServices;
using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);
    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Selection.Where(condition, x, y);
    public static Tensor masked_fill(Tensor input, Tensor mask, Scalar value) => input.masked_fill(mask, value);
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);
    public static Tensor nonzero(Tensor input) => input.nonzero();

    public partial class Tensor
    {
        /// <summary>An index expression, as in Python: numbers and slices give a view, tensors a copy.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => Indexing.Get(this, indices);
            set => Indexing.Put(this, indices, value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => Indexing.Get(this, Array.ConvertAll(indices, TensorIndex.Tensor));
            set => Indexing.Put(this, Array.ConvertAll(indices, TensorIndex.Tensor), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Views.Select(this, 0, i1);
            set => Indexing.Put(this, [i1], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Indexing.Get(this, [i1, i2]);
            set => Indexing.Put(this, [i1, i2], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Indexing.Get(this, [i1, i2, i3]);
            set => Indexing.Put(this, [i1, i2, i3], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Indexing.Get(this, [i1, i2, i3, i4]);
            set => Indexing.Put(this, [i1, i2, i3, i4], value);
        }

        public Tensor index(params TensorIndex[] indices) => Indexing.Get(this, indices);

        public Tensor index(params Tensor[] indices) => Indexing.Get(this, Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>Puts a value (broadcast) at the places.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            Indexing.Put(this, indices, value);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = Comparisons.Number(value);
            return index_put_(number, indices);
        }

        /// <summary>Adds alpha times the slices of source to the slices that index names.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            using Tensor scaled = source.mul(alpha);
            Indexing.Put(this, Along(dim, index), scaled, true);
            return this;
        }

        public Tensor index_copy_(long dim, Tensor index, Tensor source)
        {
            Indexing.Put(this, Along(dim, index), source);
            return this;
        }

        public Tensor index_select(long dim, Tensor index) => Indexing.IndexSelect(this, dim, index);
        public Tensor gather(long dim, Tensor index) => Gathering.Gather(this, dim, index);
        public Tensor scatter(long dim, Tensor index, Tensor src) => Gathering.Scatter(this, dim, index, src, false);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Gathering.ScatterInPlace(this, dim, index, src, false);
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Gathering.Scatter(this, dim, index, src, true);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Gathering.ScatterInPlace(this, dim, index, src, true);

        public Tensor scatter_(long dim, Tensor index, Scalar value)
        {
            using Tensor number = Comparisons.Number(value);
            using Tensor typed = Copying.Cast(number, dtype);
            using Tensor spread = Views.Expand(typed, index._sizes);
            return Gathering.ScatterInPlace(this, dim, index, spread, false);
        }

        /// <summary>This where the condition is true, else y.</summary>
        public Tensor where(Tensor condition, Tensor y) => Selection.Where(condition, this, y);

        public Tensor masked_fill(Tensor mask, Scalar value) => Selection.MaskedFill(this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace.Assign(this, Selection.MaskedFill(this, mask, value), "masked_fill_");
        public Tensor masked_select(Tensor mask) => Selection.MaskedSelect(this, mask);

        /// <summary>Where the elements are that are not 0: (count, dimensions).</summary>
        public Tensor nonzero() => Selection.NonZero(this);

        private TensorIndex[] Along(long dim, Tensor index)
        {
            var indices = new TensorIndex[Bridge.Torch.Tensors.Shape.Dim(dim, Rank, "index") + 1];
            Array.Fill(indices, TensorIndex.Colon);
            indices[^1] = TensorIndex.Tensor(index);
            return indices;
        }
    }
}
