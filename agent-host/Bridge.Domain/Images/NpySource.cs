using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bridge.Domain.Images;

/// <summary>
/// An array file of NumPy (format 1.0 to 3.0, numpy.lib.format): two axes are one image, three are a stack whose first index counts
/// images. Whole and floating-point numbers of either byte order, in C or Fortran order.
/// </summary>
internal sealed partial class NpySource : ImageSource
{
    /// <summary>Longest header that is believed; NumPy's own is some hundred bytes.</summary>
    private const int LongestHeader = 65_536;

    /// <summary>Stacks in Fortran order are kept in memory up to this many bytes; of larger ones each value is read for itself.</summary>
    private const int MostKept = 1 << 28;

    private readonly SampleType _type;
    private readonly bool _fortran;
    private readonly int _width, _height;
    private readonly long _data;
    private byte[]? _interleaved;

    public NpySource(ImageBytes bytes)
        : base(bytes)
    {
        byte[] start = bytes.Read(0, 8, "the NPY header");
        if (start[6] is < 1 or > 3)
            throw bytes.Bad($"NPY version {start[6]} is not known; save it with numpy.save");
        bool isLong = start[6] > 1;
        byte[] length = bytes.Read(8, isLong ? 4 : 2, "the NPY header's length");
        long header = isLong ? BinaryPrimitives.ReadUInt32LittleEndian(length) : BinaryPrimitives.ReadUInt16LittleEndian(length);
        if (header > LongestHeader)
            throw bytes.Bad($"the NPY header's length is {header} bytes, the limit is {LongestHeader}");
        _data = 8 + length.Length + header;
        string text = Encoding.Latin1.GetString(bytes.Read(8 + length.Length, header, "the NPY header"));
        _type = TypeOf(text);
        _fortran = FortranField().Match(text) is { Success: true } order
            ? order.Groups[1].Value == "True"
            : throw bytes.Bad("NPY 'fortran_order' must be True or False");
        long[] shape = ShapeOf(text);
        long count = shape.Length == 3 ? shape[0] : 1;
        Picture.CheckSize(bytes.Name, "NPY 'shape'", shape[^1], shape[^2]);
        if (count is < 1 or > int.MaxValue)
            throw bytes.Bad($"NPY 'shape' has {count} images; at least one is needed");
        (Count, _height, _width) = ((int)count, (int)shape[^2], (int)shape[^1]);
        // Cannot overflow: 2^31 images of 2^28 pixels of 8 bytes are 2^62.
        bytes.CheckHolds(_data, count * _height * _width * _type.Bytes, "NPY 'shape'");
    }

    public override string Format => "NPY";

    public override int Count { get; }

    private protected override Picture ReadOne(int index)
    {
        float[] values = new float[_width * _height];
        if (!_fortran)
        {
            long size = (long)values.Length * _type.Bytes;
            Rows.Decode(File, _data + index * size, _type, values, $"image {index}");
            return new Picture(_width, _height, values);
        }
        // Fortran order: the first index runs fastest, so the images of a stack lie interleaved, value by value.
        if (_interleaved is null && (long)Count * values.Length * _type.Bytes <= MostKept)
            _interleaved = File.Read(_data, (long)Count * values.Length * _type.Bytes, "NPY 'shape'");
        Span<byte> single = stackalloc byte[sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            long at = (((long)(i % _width) * _height + i / _width) * Count + index) * _type.Bytes;
            Span<byte> raw = _interleaved is null ? single[.._type.Bytes] : _interleaved.AsSpan((int)at, _type.Bytes);
            if (_interleaved is null)
                File.ReadInto(_data + at, raw, $"image {index}");
            _type.Decode(raw, values.AsSpan(i, 1));
        }
        return new Picture(_width, _height, values);
    }

    private SampleType TypeOf(string text)
    {
        Match match = DescrField().Match(text);
        var type = new SampleType(
            match.Groups[2].Value switch { "u" or "b" => SampleKind.Unsigned, "i" => SampleKind.Signed, _ => SampleKind.Float },
            match.Success ? match.Groups[3].Value[0] - '0' : 0,
            match.Groups[1].Value == ">");
        return match.Success && type.IsKnown && (match.Groups[1].Value != "|" || type.Bytes == 1)
            ? type
            : throw File.Bad("NPY 'descr' must be one plain number such as <u2, >i4 or <f4; save it with array.astype('<f4')");
    }

    private long[] ShapeOf(string text)
    {
        Match match = ShapeField().Match(text);
        string[] parts = match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!match.Success || parts.Length is < 2 or > 3)
            throw File.Bad($"NPY 'shape' ({Shorten(match.Groups[1].Value)}) must have two axes (rows, columns) or three (images, rows, columns)");
        long[] shape = new long[parts.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            if (!long.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw File.Bad($"NPY 'shape': '{Shorten(parts[i])}' is no size");
        }
        return shape;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=]?)([uifb])([1248])'", RegexOptions.CultureInvariant)]
    private static partial Regex DescrField();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex FortranField();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^()]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapeField();
}
