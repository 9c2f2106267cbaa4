using System.Diagnostics;
using Bridge.Client.Tests.Support;
using Bridge.Contracts;

namespace Bridge.Client.Tests;

[TestClass]
public sealed class FallbackOrderTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Nearest_FromTheLastKnownStage_GoesByDistanceInThePlane()
    {
        var order = new FallbackOrder([(1, new(0, 0, 0)), (2, new(100, 0, 900)), (3, new(130, 0, 0))]);

        order.StandAt(new StageUm(110, 0, 0));

        Assert.AreEqual(2, order.Nearest()!.Value.Item);
    }

    [TestMethod]
    public void Nearest_Equidistant_IsTheLowestItem()
    {
        var order = new FallbackOrder([(9, new(10, 0, 0)), (4, new(-10, 0, 0)), (7, new(0, 10, 0))]);

        Assert.AreEqual(4, order.Nearest()!.Value.Item);
    }

    [TestMethod]
    public void Nearest_NothingKnownOrLeft_IsNull()
    {
        Assert.IsNull(new FallbackOrder([]).Nearest());
        var order = new FallbackOrder([(1, default)]);

        order.Remove(1);

        Assert.IsNull(order.Nearest());
    }

    [TestMethod]
    public void Nearest_StageIsNotANumber_StillFindsOne()
    {
        var order = new FallbackOrder([(1, new(double.PositiveInfinity, 0, 0)), (2, new(5, 0, 0))]);

        order.StandAt(new StageUm(double.NaN, 0, 0));

        Assert.AreEqual(2, order.Nearest()!.Value.Item);
        order.Remove(2);
        Assert.AreEqual(1, order.Nearest()!.Value.Item);
    }

    [TestMethod]
    public void Nearest_AnyOrderOfCalls_EachOnceUnlessPutBack()
    {
        var random = new Random(5);
        var order = new FallbackOrder([.. Enumerable.Range(1, 400).Select(i => (i, new StageUm(random.Next(100), random.Next(100), 0)))]);
        var free = Enumerable.Range(1, 400).ToHashSet();

        while (order.Nearest() is { } place)
        {
            Assert.IsTrue(free.Remove(place.Item), $"item {place.Item} came twice");
            order.Visit(place.Item);
            int other = random.Next(1, 401);
            if (random.Next(10) == 0 && free.Remove(other))
                order.Remove(other);
            if (random.Next(20) == 0 && free.Add(place.Item))
                order.PutBack(place.Item);
        }

        Assert.IsEmpty(free);
    }

    [TestMethod]
    public void Nearest_AHundredThousandPlaces_IsFastFromFirstToLast()
    {
        const int Count = 100_000;
        var random = new Random(1);
        var order = new FallbackOrder([.. Enumerable.Range(1, Count).Select(i => (i, new StageUm(random.NextDouble() * 3000, random.NextDouble() * 3000, 0)))]);
        Walk(order, 20);  // warm

        double fresh = Walk(order, 200);
        for (int item = 1; item <= Count * 9 / 10; item++)
            order.Remove(item);
        double mostlyUsed = Walk(order, 200);

        TestContext.WriteLine($"{Count} places: {fresh:0.00} ms a call when fresh, {mostlyUsed:0.00} ms when nine tenths are used");
        Assert.IsLessThan(50, fresh);  // a few ms on a quiet machine; timing decides nothing here
        Assert.IsLessThan(50, mostlyUsed);
    }

    private static double Walk(FallbackOrder order, int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
            order.Visit(order.Nearest()!.Value.Item);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps;
    }
}
