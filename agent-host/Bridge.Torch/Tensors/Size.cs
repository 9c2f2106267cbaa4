namespace TorchSharp;

public static partial class torch
{
    /// <summary>A shape as an argument: made from numbers or an array.</summary>
    public readonly struct Size
    {
        private readonly long[]? _shape;

        public Size(params long[] shape) => _shape = (long[])shape.Clone();

        public Size(int[] shape) => _shape = Array.ConvertAll(shape, size => (long)size);

        public long[] Shape => _shape ?? [];

        public int Length => Shape.Length;

        public long this[int i] => Shape[i];

        public static implicit operator Size(long[] shape) => new(shape);

        public static implicit operator Size(int[] shape) => new(shape);

        public static implicit operator Size(long size) => new([size]);
    }
}
