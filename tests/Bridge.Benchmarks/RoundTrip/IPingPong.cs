using Bridge.Benchmarks.Measuring;

namespace Bridge.Benchmarks.RoundTrip;

/// <summary>One pair of processes on loopback, one asking and one echoing.</summary>
internal interface IPingPong : IDisposable
{
    string Name { get; }

    /// <summary>So many round trips of <see cref="Payload.Bytes"/> bytes, one after the other.</summary>
    Latency Ping(int count);

    /// <summary>Sends so many messages one way without waiting for answers.</summary>
    /// <returns>Messages a second until the other side has the last one; NaN if this pair does not measure it.</returns>
    double Stream(int count);
}
