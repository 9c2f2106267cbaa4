using Bridge.Torch.Ops;
using Bridge.Torch.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor t(Tensor input) => input.t();
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);
    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);
    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);
    public static Tensor[] split(Tensor tensor, long split_size, long dim = 0) => tensor.split(split_size, dim);
    public static Tensor[] split(Tensor tensor, long[] split_sizes, long dim = 0) => tensor.split(split_sizes, dim);
    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Joining.Cat(tensors, dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => Joining.Cat(tensors, dim);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Joining.Stack(tensors as IList<Tensor> ?? [.. tensors], dim);
    public static Tensor clone(Tensor input) => input.clone();

    public partial class Tensor
    {
        /// <summary>Another shape over the same memory; one size may be -1.</summary>
        public Tensor view(params long[] shape) => Views.View(this, shape);

        public Tensor view_as(Tensor other) => Views.View(this, other._sizes);

        /// <summary>Another shape, over the same memory where that is possible; one size may be -1.</summary>
        public Tensor reshape(params long[] shape) => Views.Reshape(this, shape);

        public Tensor reshape_as(Tensor other) => Views.Reshape(this, other._sizes);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Views.Flatten(this, start_dim, end_dim);
        public Tensor unflatten(long dim, params long[] sizes) => Views.Unflatten(this, dim, sizes);
        public Tensor permute(params long[] permutation) => Views.Permute(this, permutation);
        public Tensor transpose(long dim0, long dim1) => Views.Transpose(this, dim0, dim1);
        public Tensor swapaxes(long axis0, long axis1) => Views.Transpose(this, axis0, axis1);

        /// <summary>The transpose of a matrix; a vector as it is.</summary>
        public Tensor t() => Rank < 2 ? Copying.Alias(this, "t") : Rank == 2 ? Views.Transpose(this, 0, 1)
            : throw new ArgumentException($"t: {Text} is not a matrix; use transpose or permute");

        /// <summary>The transpose of a matrix.</summary>
        public Tensor T => t();

        /// <summary>The last two dimensions changed about.</summary>
        public Tensor mT => Views.Transpose(this, -2, -1);

        public Tensor squeeze(long? dim = null) => dim is null ? Views.Squeeze(this) : Views.Squeeze(this, dim.Value);
        public Tensor unsqueeze(long dim) => Views.Unsqueeze(this, dim);
        public Tensor expand(params long[] sizes) => Views.Expand(this, sizes);
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Views.Expand(this, sizes);
        public Tensor expand_as(Tensor other) => Views.Expand(this, other._sizes);
        public Tensor repeat(params long[] sizes) => Joining.Repeat(this, sizes);
        public Tensor narrow(long dim, long start, long length) => Views.Narrow(this, dim, start, length);
        public Tensor select(long dim, long index) => Views.Select(this, dim, index);
        public Tensor slice(long dim, long start, long finish, long step) => Views.Slice(this, dim, start, finish, step);

        /// <summary>At most so many pieces of one size, the last perhaps smaller.</summary>
        public Tensor[] chunk(long chunks, long dim = 0)
        {
            if (chunks < 1)
                throw new ArgumentOutOfRangeException(nameof(chunks), $"chunk: {chunks} is not over 0");
            long size = Rank == 0 ? 1 : _sizes[Shape.Dim(dim, Rank, "chunk")];
            return Views.Split(this, Math.Max(1, (size + chunks - 1) / chunks), dim);
        }

        public Tensor[] split(long size, long dim = 0) => Views.Split(this, size, dim);
        public Tensor[] split(long[] sizes, long dim = 0) => Views.Split(this, sizes, dim);
        public Tensor[] unbind(long dim = 0) => Views.Unbind(this, dim);

        /// <summary>In row-major memory: the same memory where it is so already.</summary>
        public Tensor contiguous() => _contiguous ? Copying.Alias(this, "contiguous") : Copying.Clone(this, "contiguous");

        public Tensor clone() => Copying.Clone(this);

        /// <summary>Another tensor object over the same memory, that gradients flow through.</summary>
        public Tensor alias() => Copying.Alias(this);

        /// <summary>The elements in another type; the same memory where the type is that already and no copy is asked for.</summary>
        public Tensor to_type(ScalarType type, bool copy = false)
        {
            if (Use("to_type").Type == type)
                return copy ? Copying.Clone(this, "to_type") : Copying.Alias(this, "to_type");
            return Copying.Cast(this, type);
        }

        public Tensor to(ScalarType type, bool copy = false) => to_type(type, copy);

        public Tensor to(ScalarType type, Device device, bool copy = false)
        {
            Device.Check(device, "to");
            return to_type(type, copy);
        }

        public Tensor to(Device device, bool copy = false)
        {
            Device.Check(device, "to");
            return to_type(dtype, copy);
        }

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false) => to(new Device(deviceType, deviceIndex), copy);
        public Tensor to(string device) => to(new Device(device));
        public Tensor to(Tensor other) => to_type(other.dtype);
        public Tensor type_as(Tensor other) => to_type(other.dtype);
        public Tensor cpu() => Copying.Alias(this, "cpu");
        public Tensor @float() => to_type(ScalarType.Float32);
        public Tensor @long() => to_type(ScalarType.Int64);
        public Tensor @bool() => to_type(ScalarType.Bool);
    }
}
