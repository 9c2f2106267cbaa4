using Bridge.Torch.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    public partial class Tensor
    {
        /// <summary>A copy with the order of elements turned about along each of these dimensions.</summary>
        public Tensor flip(params long[] dims)
        {
            Tensor y = this;
            foreach (long dim in dims)
            {
                using Tensor backwards = Empty(ScalarType.Int64, [_sizes.Length == 0 ? 1 : _sizes[Shape.Dim(dim, Rank, "flip")]]);
                Span<long> places = backwards.Longs;
                for (int i = 0; i < places.Length; i++)
                    places[i] = places.Length - 1 - i;
                Tensor turned = y.index_select(dim, backwards);
                if (!ReferenceEquals(y, this))
                    y.Dispose();
                y = turned;
            }
            return ReferenceEquals(y, this) ? clone() : y;
        }
    }
}
