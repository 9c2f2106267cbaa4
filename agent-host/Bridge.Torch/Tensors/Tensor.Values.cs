using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements, row-major. T is the tensor's own type: float, long or bool.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            CheckType<T>("data");
            return new TensorAccessor<T>(this);
        }

        /// <summary>The one element of a tensor that has only one. T is the tensor's own type.</summary>
        public T item<T>() where T : unmanaged
        {
            CheckType<T>("item");
            if (Count != 1)
                throw new ArgumentException($"item: {Text} has {Count} elements, not 1");
            return Raw<T>("item")[0];
        }

        /// <summary>The one element of a tensor that has only one.</summary>
        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Float32 => item<float>(),
            ScalarType.Int64 => item<long>(),
            _ => item<bool>(),
        };

        /// <summary>The memory of a contiguous tensor. Writing through it is not noticed by autograd.</summary>
        public Span<byte> bytes
        {
            get => dtype switch
            {
                ScalarType.Float32 => MemoryMarshal.AsBytes(Span<float>("bytes")),
                ScalarType.Int64 => MemoryMarshal.AsBytes(Span<long>("bytes")),
                _ => MemoryMarshal.AsBytes(Span<bool>("bytes")),
            };
            set
            {
                if (value.Length != bytes.Length)
                    throw new ArgumentException($"bytes: {value.Length} bytes for {Text}, {bytes.Length}");
                value.CopyTo(bytes);
                MarkChanged();
            }
        }

        /// <summary>Shape, type and device, as TorchSharp writes them.</summary>
        public override string ToString() => _disposed ? $"[{string.Join("x", _sizes)}], disposed" : $"[{string.Join("x", _sizes)}], type = {dtype}, device = cpu";

        /// <summary>With the elements (the first 1000), nested in brackets.</summary>
        public string ToString(bool withData, string? fltFormat = "g5", int? width = 100, CultureInfo? cultureInfo = null)
        {
            if (!withData)
                return ToString();
            const int Most = 1000;
            var text = new StringBuilder(ToString());
            if (Count == 0)
                return text.Append(": []").ToString();
            text.Append(": ");
            Tensor dense = Dense();
            for (int i = 0; i < Math.Min(Count, Most); i++)
            {
                int opened = Edge(i);
                text.Append(i == 0 ? new string('[', Rank) : opened > 0 ? new string(']', opened) + ", " + new string('[', opened) : ", ");
                text.Append(dtype switch
                {
                    ScalarType.Float32 => dense.Floats[i].ToString(fltFormat, cultureInfo ?? CultureInfo.InvariantCulture),
                    ScalarType.Int64 => dense.Longs[i].ToString(CultureInfo.InvariantCulture),
                    _ => dense.Bools[i] ? "true" : "false",
                });
            }
            if (Count > Most)
                text.Append(", …");
            if (!ReferenceEquals(dense, this))
                dense.Dispose();
            return text.Append(']', Rank).ToString();
        }

        /// <summary>How many dimensions begin anew at this element.</summary>
        private int Edge(long i)
        {
            int n = 0;
            for (int d = Rank - 1; d > 0 && i % _sizes[d] == 0; d--, n++)
                i /= _sizes[d];
            return n;
        }

        private void CheckType<T>(string operation)
        {
            ScalarType type = Use(operation).Type;
            Type wanted = type == ScalarType.Float32 ? typeof(float) : type == ScalarType.Int64 ? typeof(long) : typeof(bool);
            if (typeof(T) != wanted)
                throw new ArgumentException($"{operation}: {Text} is {type}, so read it as {wanted.Name}, not {typeof(T).Name}");
        }
    }
}
