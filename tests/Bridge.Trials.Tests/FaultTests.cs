using Bridge.Trials.Faults;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Tests;

/// <summary>A few trials of every fault, with the real host and real clients. <c>bridge-trials faults</c> does them by the hundred.</summary>
[TestClass]
public sealed class FaultTests
{
    private static IEnumerable<object[]> Names => AllFaults.Kinds.Select(fault => new object[] { fault.Name });

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    [DynamicData(nameof(Names))]
    public void Run_AFewTimes_LosesNothing(string name)
    {
        IFault fault = AllFaults.Kinds.Single(kind => kind.Name == name);

        Tally tally = AllFaults.Run(fault, fault.Few, seed: 1, new Progress<double>(), CancellationToken.None);

        if (tally.Skipped is { } why)
            Assert.Inconclusive(why);
        Assert.AreEqual(0, tally.Lost, string.Join('\n', tally.Losses));
        Assert.IsTrue(tally.Tried >= fault.Few, $"{tally.Tried} tried");
    }
}
