using BenchmarkDotNet.Attributes;
using Bridge.Domain.Journal;

namespace Bridge.Benchmarks.Micro;

/// <summary>The checksum of a journal line, and of an opening with 100 000 targets.</summary>
public class Crc32CBenchmark
{
    private byte[] _bytes = [];

    [Params(400, 20_000_000)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Fill() => new Random(0).NextBytes(_bytes = new byte[Bytes]);

    [Benchmark]
    public uint Of() => Crc32C.Of(_bytes);
}
