using Bridge.Contracts;

namespace Bridge.Agents.AdaptiveScan;

/// <summary>One partial scan: a policy, what was scanned, and whose turn it is.</summary>
public sealed class SegmentedScan(IScanPolicy policy, ScanGeometry geometry)
{
    private ScanSegment? _handedOut;

    public PartialScan Scan { get; } = new(geometry);

    public string PolicyName => policy.Name;

    public bool IsDone => Scan.Segments.Count == geometry.Segments;

    /// <summary>The next segment; the same again until its values came, null when all are there. Changes nothing.</summary>
    public ScanSegment? Next() => IsDone ? null : _handedOut ?? policy.Next(Scan);

    /// <summary>The segment after <see cref="Next"/>, if it is decided already. Null where another than the policy's was handed out, too.</summary>
    public ScanSegment? Ahead() => !IsDone && (_handedOut is null || _handedOut == policy.Next(Scan)) ? policy.Ahead(Scan) : null;

    /// <summary>The answer of <see cref="Next"/> was given away.</summary>
    public void Accept(ScanSegment? segment) => _handedOut = segment;

    /// <exception cref="ContractException">No segment was handed out, or the values do not fit it.</exception>
    public void CheckValues(IReadOnlyList<double> values)
    {
        if (_handedOut is null)
            throw new ContractException(FaultCode.OutOfTurn, IsDone
                ? $"all {geometry.Segments} segments are scanned; begin a new scan"
                : "no segment is being scanned: ask for one (next_segment, NextSegment) before telling values");
        Scan.CheckValues(values);
    }

    /// <summary>The values of the segment handed out last.</summary>
    /// <exception cref="ContractException">No segment was handed out, or the values do not fit it.</exception>
    public void Observe(IReadOnlyList<double> values)
    {
        CheckValues(values);
        Scan.Add(_handedOut!.Value, values);
        _handedOut = null;
        policy.Observe(Scan);
    }
}
