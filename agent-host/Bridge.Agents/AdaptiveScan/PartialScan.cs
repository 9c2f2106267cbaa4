using Bridge.Contracts;

namespace Bridge.Agents.AdaptiveScan;

/// <summary>What was scanned so far: segments with their values, in their order. Kept as they came, so that memory follows the positions and
/// not the size of the image.</summary>
public sealed class PartialScan(ScanGeometry geometry)
{
    private readonly List<ScanSegment> _segments = [];
    private readonly List<float> _values = [];

    public ScanGeometry Geometry { get; } = geometry;

    /// <summary>Segments whose values are there.</summary>
    public IReadOnlyList<ScanSegment> Segments => _segments;

    /// <summary>Values of a segment, one a position.</summary>
    public ReadOnlySpan<float> ValuesOf(int segment)
        => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values).Slice(segment * Geometry.Positions, Geometry.Positions);

    /// <exception cref="ContractException">Not as many values as positions.</exception>
    public void CheckValues(IReadOnlyList<double> values)
    {
        if (values.Count != Geometry.Positions)
            throw new ContractException(FaultCode.BadField, $"observe_segment: segment {_segments.Count + 1} has {Geometry.Positions} positions, got {values.Count} values");
    }

    public void Add(ScanSegment segment, IReadOnlyList<double> values)
    {
        CheckValues(values);
        _segments.Add(segment);
        foreach (double value in values)
            _values.Add((float)value);
    }

    /// <summary>The partial scan as two images, row-major: values (0 where nothing was read; the mean where a pixel was read more than once) and
    /// mask (1 where something was read).</summary>
    /// <returns>Number of different pixels that were read.</returns>
    public int WriteTo(Span<float> values, Span<float> mask)
    {
        int pixels = Geometry.Width * Geometry.Height;
        if (values.Length != pixels || mask.Length != pixels)
            throw new ArgumentException($"both images must have {pixels} pixels");
        values.Clear();
        mask.Clear();
        for (int s = 0; s < _segments.Count; s++)
        {
            ReadOnlySpan<float> read = ValuesOf(s);
            for (int k = 0; k < read.Length; k++)
            {
                (double x, double y) = ScanGeometry.PositionOf(_segments[s], k);
                int pixel = Geometry.PixelAt(x, y);
                mask[pixel]++;
                values[pixel] += (read[k] - values[pixel]) / mask[pixel];
            }
        }
        int different = 0;
        for (int i = 0; i < pixels; i++)
        {
            if (mask[i] == 0)
                continue;
            mask[i] = 1;
            different++;
        }
        return different;
    }
}
