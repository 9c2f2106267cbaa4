using Bridge.Torch.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public ScalarType dtype => Use("dtype").Type;

        public Device device => CPU;

        public DeviceType device_type => DeviceType.CPU;

        /// <summary>A copy of the sizes.</summary>
        public long[] shape => (long[])_sizes.Clone();

        public long size(int dim) => _sizes.Length == 0
            ? throw new ArgumentOutOfRangeException(nameof(dim), "size: a scalar has no dimensions")
            : _sizes[Shape.Dim(dim, Rank, "size")];

        public long[] size() => shape;

        public long[] stride() => (long[])Strides.Clone();

        public long stride(int dim) => Strides[Shape.Dim(dim, Rank, "stride")];

        public long storage_offset() => _offset;

        public long numel() => Count;

        public long NumberOfElements => Count;

        public long dim() => Rank;

        public long ndim => Rank;

        public long Dimensions => Rank;

        public bool is_contiguous() => _contiguous;

        public bool is_floating_point() => dtype == ScalarType.Float32;

        public long element_size() => dtype switch { ScalarType.Float32 => 4, ScalarType.Int64 => 8, _ => 1 };

        public long ElementSize => element_size();

        /// <summary>A name for whoever looks at it.</summary>
        public string? name { get; set; }
    }
}
