namespace Bridge.Agents.AdaptiveScan;

/// <summary>Chooses the segments of a partial scan. One instance serves one scan, called by one thread at a time.</summary>
public interface IScanPolicy
{
    /// <summary>Name by which it is chosen.</summary>
    string Name { get; }

    /// <summary>The next segment; there is one left to scan. Changes nothing.</summary>
    ScanSegment Next(PartialScan scan);

    /// <summary>The segment after <see cref="Next"/>, if it does not depend on what that one will read; null if it does, or there is none.</summary>
    ScanSegment? Ahead(PartialScan scan) => null;

    /// <summary>Told once for every segment, after its values are in <paramref name="scan"/>.</summary>
    void Observe(PartialScan scan);
}
