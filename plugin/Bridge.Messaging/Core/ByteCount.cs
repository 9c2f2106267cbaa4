namespace NetMQ.Core;

/// <summary>A number of bytes that several queues add to.</summary>
internal sealed class ByteCount
{
    public long Value { get; set; }
}
