using Bridge.Agents.AdaptiveScan;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.AdaptiveScan;

[TestClass]
public sealed class SegmentedScanTests
{
    private static readonly ScanGeometry Geometry = ScanGeometry.For(96, 96, 1 / 23.04, 20);

    [TestMethod]
    public void Next_AskedTwice_GivesTheSameUntilItsValuesCame()
    {
        SegmentedScan scan = Begin();

        ScanSegment? first = scan.Next();
        scan.Accept(first);
        Assert.AreEqual(first, scan.Next());
        scan.Observe(new double[20]);

        Assert.AreNotEqual(first, scan.Next());
        Assert.AreEqual(1, scan.Scan.Segments.Count);
    }

    [TestMethod]
    public void Observe_OutOfTurnOrWrongCount_IsRefusedAndNothingChanges()
    {
        SegmentedScan scan = Begin();

        Assert.AreEqual(FaultCode.OutOfTurn, Assert.ThrowsExactly<ContractException>(() => scan.Observe(new double[20])).Code);
        scan.Accept(scan.Next());
        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => scan.Observe(new double[19]));
        StringAssert.Contains(refusal.Message, "20 positions, got 19");
        scan.Observe(new double[20]);
        Assert.AreEqual(1, scan.Scan.Segments.Count);
    }

    [TestMethod]
    public void Next_AfterAllSegments_IsNoneAndMoreValuesAreRefused()
    {
        SegmentedScan scan = Begin();
        for (int t = 0; t < 20; t++)
        {
            scan.Accept(scan.Next());
            scan.Observe(new double[20]);
        }

        Assert.IsTrue(scan.IsDone);
        Assert.IsNull(scan.Next());
        StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => scan.Observe(new double[20])).Message, "all 20");
    }

    [TestMethod]
    public void WriteTo_PixelReadTwice_HasTheMeanAndCountsOnce()
    {
        var geometry = new ScanGeometry(8, 8, 2, 2);
        var scan = new PartialScan(geometry);
        scan.Add(new ScanSegment(1, 1, 0), [4, 6]);                    // pixels (1, 1) and (2, 1)
        scan.Add(new ScanSegment(1, 1, Math.PI), [8, 10]);             // pixels (1, 1) and (0, 1)
        float[] values = new float[64], mask = new float[64];

        int different = scan.WriteTo(values, mask);

        Assert.AreEqual(3, different);
        Assert.AreEqual((6f, 6f, 10f), (values[8 + 1], values[8 + 2], values[8 + 0]));
        Assert.AreEqual(3f, mask.Sum());
        Assert.AreEqual(22f, values.Sum());
    }

    [TestMethod]
    public void PixelAt_OutsideTheImage_IsTheNearestInside()
    {
        var geometry = new ScanGeometry(8, 4, 1, 2);

        Assert.AreEqual(0, geometry.PixelAt(-5, -0.6));
        Assert.AreEqual(3 * 8 + 7, geometry.PixelAt(100, 100));
        Assert.AreEqual(2 * 8 + 3, geometry.PixelAt(3.4, 1.6));
    }

    private static SegmentedScan Begin() => new(ScanPolicies.Create(ScanPolicies.Default, Geometry, 0), Geometry);
}
