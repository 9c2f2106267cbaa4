namespace Bridge.Benchmarks.RoundTrip;

/// <summary>What is sent: its first byte tells the echo side what to do. The Python peers know the same letters.</summary>
internal static class Payload
{
    /// <summary>Bytes of a request and of a reply: about a suggestion's size.</summary>
    public const int Bytes = 200;

    /// <summary>Send it back.</summary>
    public const byte Echo = (byte)'P';

    /// <summary>Take it and say nothing.</summary>
    public const byte Take = (byte)'T';

    /// <summary>Send it back, and with it the fact that everything before has arrived.</summary>
    public const byte Last = (byte)'L';

    /// <summary>Longest wait for anything.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static byte[] Make(byte kind)
    {
        byte[] bytes = new byte[Bytes];
        bytes[0] = kind;
        for (int i = 1; i < bytes.Length; i++)
            bytes[i] = (byte)i;
        return bytes;
    }
}
