using Bridge.Testing;

namespace Bridge.Fuzz.Tests;

/// <summary>A bounded part of the fuzzing, the same each time; the long one is a program (see the README).</summary>
[TestClass]
public sealed class FuzzTargetTests
{
    private const int Executions = 20_000, Seed = 11;

    public static IEnumerable<object[]> Names => FuzzTargets.All.Select(target => new object[] { target.Name });

    /// <summary>Files that broke a reader once: the folder is the target, the name is the defect.</summary>
    public static IEnumerable<object[]> Corpus => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => new object[] { Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path) });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Execute_SeededInput_IsReadOrRefusedInBoundedMemory(string name)
    {
        using var folder = new TempFolder();
        using var findings = new Findings(folder.Path);

        FuzzResult result = new FuzzRun(FuzzTargets.All.Single(target => target.Name == name), Seed, findings).Execute(Executions);

        Assert.IsTrue(result.IsClean, string.Join('\n', Directory.GetFiles(folder.Path, "*.txt").Select(File.ReadAllText)));
        Assert.AreEqual(Executions, result.Tried);
        Assert.IsGreaterThan(0, result.Accepted);
        Assert.IsTrue(result.Refused > 0 || name == "scripts", "a run of a script ends with a result; everything else refuses what is wrong");
    }

    [TestMethod]
    [DynamicData(nameof(Corpus))]
    public void Read_WhatBrokeItOnce_IsReadOrRefused(string target, string file)
    {
        FuzzTarget reader = FuzzTargets.All.Single(candidate => candidate.Name == target);
        byte[] input = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", target, file));
        long before = GC.GetAllocatedBytesForCurrentThread();

        reader.Read(input);

        Assert.IsLessThanOrEqualTo(reader.MostMemory, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Execute_ReaderThatCrashes_IsFoundWithItsInput()
    {
        using var folder = new TempFolder();
        using var findings = new Findings(folder.Path);

        FuzzResult result = new FuzzRun(new BrokenTarget(), Seed, findings).Execute(2_000);

        Assert.IsFalse(result.IsClean);
        Assert.IsGreaterThan(0, result.Crashed);
        string input = Directory.GetFiles(folder.Path, "broken-crashed-*.bin").First();
        Assert.IsTrue(File.ReadAllBytes(input).Contains((byte)7));
        StringAssert.Contains(File.ReadAllText(Path.ChangeExtension(input, ".txt")), nameof(IndexOutOfRangeException));
    }

    [TestMethod]
    public void Execute_SameSeed_TriesTheSame()
    {
        using var folder = new TempFolder();
        using var findings = new Findings(folder.Path);

        FuzzResult one = new FuzzRun(FuzzTargets.All[0], 3, findings).Execute(5_000), other = new FuzzRun(FuzzTargets.All[0], 3, findings).Execute(5_000), another = new FuzzRun(FuzzTargets.All[0], 4, findings).Execute(5_000);

        Assert.AreEqual((one.Accepted, one.Refused, one.Outcomes), (other.Accepted, other.Refused, other.Outcomes));
        Assert.AreNotEqual((one.Accepted, one.Refused), (another.Accepted, another.Refused));
    }
}
