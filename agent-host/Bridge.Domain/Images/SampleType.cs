using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bridge.Domain.Images;

/// <summary>How one value lies in a file.</summary>
/// <param name="Kind">Whole without sign, whole with sign, or floating point.</param>
/// <param name="Bytes">1, 2, 4 or 8 for whole numbers; 2, 4 or 8 for floating point.</param>
/// <param name="BigEndian">The high byte comes first.</param>
public readonly record struct SampleType(SampleKind Kind, int Bytes, bool BigEndian = false)
{
    /// <summary>True for the widths that <see cref="Decode"/> knows.</summary>
    public bool IsKnown => Kind == SampleKind.Float ? Bytes is 2 or 4 or 8 : Bytes is 1 or 2 or 4 or 8;

    /// <summary>Values of packed bytes, each rounded to the nearest float; what is not finite becomes NaN.</summary>
    /// <param name="raw">(n · <see cref="Bytes"/>).</param>
    /// <param name="values">(n).</param>
    public void Decode(ReadOnlySpan<byte> raw, Span<float> values)
    {
        if (raw.Length != (long)values.Length * Bytes)
            throw new ArgumentException($"{values.Length} values of {Bytes} bytes are not {raw.Length} bytes");
        switch (Kind, Bytes)
        {
            case (SampleKind.Unsigned, 1):
                for (int i = 0; i < values.Length; i++)
                    values[i] = raw[i];
                break;
            case (SampleKind.Signed, 1):
                for (int i = 0; i < values.Length; i++)
                    values[i] = (sbyte)raw[i];
                break;
            case (SampleKind.Unsigned, 2):
                Each<ushort>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => value);
                break;
            case (SampleKind.Signed, 2):
                Each<short>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => value);
                break;
            case (SampleKind.Unsigned, 4):
                Each<uint>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => value);
                break;
            case (SampleKind.Signed, 4):
                Each<int>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => value);
                break;
            case (SampleKind.Unsigned, 8):
                Each<ulong>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => value);
                break;
            case (SampleKind.Signed, 8):
                Each<long>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => value);
                break;
            case (SampleKind.Float, 2):
                Each<ushort>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => (float)BitConverter.UInt16BitsToHalf(value));
                break;
            case (SampleKind.Float, 4):
                Each<uint>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => BitConverter.UInt32BitsToSingle(value));
                break;
            case (SampleKind.Float, 8):
                Each<ulong>(raw, values, BigEndian ? BinaryPrimitives.ReverseEndianness : null, static value => (float)BitConverter.UInt64BitsToDouble(value));
                break;
            default:
                throw new NotSupportedException($"no values of kind {Kind} with {Bytes} bytes");
        }
        if (Kind == SampleKind.Float)
        {
            foreach (ref float value in values)
                value = float.IsFinite(value) ? value : float.NaN;
        }
    }

    private static void Each<T>(ReadOnlySpan<byte> raw, Span<float> values, Func<T, T>? turn, Func<T, float> toFloat) where T : unmanaged
    {
        ReadOnlySpan<T> typed = MemoryMarshal.Cast<byte, T>(raw);
        for (int i = 0; i < values.Length; i++)
            values[i] = toFloat(turn is null ? typed[i] : turn(typed[i]));
    }
}
