using System.Text;
using Bridge.Contracts;

namespace Bridge.Client.Tests.Support;

/// <summary>Ways in which a host can be no good.</summary>
internal static class Misbehaviour
{
    public static IEnumerable<List<byte[]>> Silent(BridgeMessage message) => [];

    public static Func<BridgeMessage, IEnumerable<List<byte[]>>> Slow(HonestHost host, TimeSpan delay) => message =>
    {
        Thread.Sleep(delay);  // a slow host is what this is
        return host.Answer(message);
    };

    /// <summary>One message that the client must not take for the answer of this request; none of them is the same as the last.</summary>
    public static Func<BridgeMessage, IEnumerable<List<byte[]>>> Garbage(int seed)
    {
        var random = new Random(seed);
        return message => Enumerable.Range(0, random.Next(1, 20)).Select(_ => Garbled(message, random)).ToList();
    }

    /// <summary>An answer with the right request id that cannot be read.</summary>
    public static List<byte[]> Unreadable(BridgeMessage message, string protocol, string type, string json)
        => [Encoding.ASCII.GetBytes(protocol), Encoding.ASCII.GetBytes(type), Encoding.ASCII.GetBytes(message.RequestId), Encoding.UTF8.GetBytes(json)];

    private static List<byte[]> Garbled(BridgeMessage message, Random random)
    {
        List<byte[]> good = MessageCodec.Encode(new AckReply(1).ToMessage(message.RequestId));
        byte[] noise = new byte[random.Next(0, 2000)];
        random.NextBytes(noise);
        switch (random.Next(6))
        {
            case 0:
                return [noise];
            case 1:
                return good[..random.Next(1, 3)];       // cut short before the id
            case 2:
                good[2] = Encoding.ASCII.GetBytes(Ids.New());
                return good;                            // the answer to something else
            case 3:
                good[0] = "breeze/7"u8.ToArray();
                return good;                            // another protocol
            case 4:
                good[2] = noise;
                return good;
            default:
                return [.. Enumerable.Repeat(noise, random.Next(1, 30))];
        }
    }
}
