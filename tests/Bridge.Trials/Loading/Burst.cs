using System.Diagnostics;
using Bridge.Benchmarks.Measuring;
using Bridge.Contracts;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Trials.Loading;

/// <summary>Far more than a session takes, at once and without waiting: each request must be carried out or refused with a word, none may stay without an answer.</summary>
internal static class Burst
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>One client's burst to its session.</summary>
    public static (int Answered, int Busy, int Unanswered, Latency Latency) Run(string endpoint, string session, int requests)
    {
        using var socket = new DealerSocket();
        socket.Options.SendHighWatermark = 0;
        socket.Options.ReceiveHighWatermark = 0;
        socket.Connect(endpoint);
        var sent = new Dictionary<string, long>(requests, StringComparer.Ordinal);
        var latency = new Latency();
        int answered = 0, busy = 0;
        List<byte[]>? frames = null;
        for (int i = 0; i < requests; i++)
        {
            string id = Ids.New();
            sent.Add(id, Stopwatch.GetTimestamp());
            socket.TrySendMultipartBytes(Silence, [.. MessageCodec.Encode(new UpdateStageRequest(session, new StageUm(i % 100, 0, 0)).ToMessage(id))]);
        }
        while (sent.Count > 0 && socket.TryReceiveMultipartBytes(Silence, ref frames))
        {
            BridgeMessage message = MessageCodec.Decode(frames);
            if (!sent.Remove(message.RequestId, out long at))
                continue;
            latency.AddSince(at);
            answered++;
            if (Reply.Parse(message) is FaultReply { Code: FaultCode.Busy })
                busy++;
        }
        return (answered, busy, sent.Count, latency);
    }
}
