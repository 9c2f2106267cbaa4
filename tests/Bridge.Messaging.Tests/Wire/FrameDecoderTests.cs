using Bridge.Messaging.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NetMQ.Core;
using NetMQ.Core.Wire;

namespace Bridge.Messaging.Tests.Wire;

[TestClass]
public class FrameDecoderTests
{
    [TestMethod]
    public void TryRead_AnyFramesInAnyPieces_ComeOutAsTheyWentIn() =>
        Prop.ForAll((byte[][] bodies, PositiveInt piece) =>
        {
            byte[][] frames = [.. bodies.Where(b => b is not null)];
            byte[] stream = [.. frames.SelectMany((b, i) => FrameCodec.Encode((byte)(i % 2), b))];

            List<(byte Flags, byte[] Body)> decoded = Decode(new FrameDecoder(), stream, piece.Get);

            return decoded.Count == frames.Length
                && decoded.Select((f, i) => (f.Flags & FrameCodec.More) == i % 2 && f.Body.SequenceEqual(frames[i])).All(same => same);
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(255)]
    [DataRow(256)]
    [DataRow(16_375)]
    [DataRow(16_376)]
    [DataRow(65_536)]
    [DataRow(65_537)]
    [DataRow(1_000_000)]
    public void TryRead_SizesAtTheEdges_ComeOutWhole(int size)
    {
        byte[] body = Make.Payload(size);

        List<(byte Flags, byte[] Body)> decoded = Decode(new FrameDecoder(), FrameCodec.Encode(0, body), piece: 4_999);

        Assert.HasCount(1, decoded);
        CollectionAssert.AreEqual(body, decoded[0].Body);
    }

    [TestMethod]
    public void TryRead_FrameCutShortAnywhere_IsNeverAccepted()
    {
        foreach (int size in new[] { 0, 1, 255, 256, 300 })
        {
            byte[] frame = FrameCodec.Encode(0, Make.Payload(size));
            for (int cut = 0; cut < frame.Length; cut++)
            {
                Assert.IsEmpty(Decode(new FrameDecoder(), frame[..cut], piece: 7), $"{cut} of {frame.Length} bytes");
            }
        }
    }

    [TestMethod]
    [DataRow((byte)0x08)]
    [DataRow((byte)0x80)]
    [DataRow((byte)0xFF)]
    [DataRow((byte)(FrameCodec.Command | FrameCodec.More))]
    public void TryRead_FlagsThatAreNotValid_IsAFault(byte flags)
    {
        FrameDecoder decoder = new();

        DecodeResult result = Feed(decoder, [flags, 0]);

        Assert.AreEqual(DecodeResult.Fault, result);
        Assert.Contains("flags", decoder.Fault!);
    }

    [TestMethod]
    public void TryRead_SizeAboveTheLimit_IsAFaultFromTheHeaderAlone()
    {
        FrameDecoder decoder = new() { MaxFrameBytes = 1000 };

        DecodeResult result = Feed(decoder, [FrameCodec.Long, 0, 0, 0, 0, 0, 0, 0x03, 0xE9]);

        Assert.AreEqual(DecodeResult.Fault, result);
        Assert.Contains("1001 bytes", decoder.Fault!);
    }

    [TestMethod]
    public void TryRead_SizeWithTheTopBitSet_IsAFault()
    {
        FrameDecoder decoder = new();

        Assert.AreEqual(DecodeResult.Fault, Feed(decoder, [FrameCodec.Long, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]));
    }

    [TestMethod]
    public void TryRead_CommandAboveTheLimitForCommands_IsAFault()
    {
        FrameDecoder decoder = new();

        Assert.AreEqual(DecodeResult.Fault, Feed(decoder, [FrameCodec.Long | FrameCodec.Command, 0, 0, 0, 0, 0, 1, 0, 1]));
    }

    [TestMethod]
    public void TryRead_TwoGigabytesAnnounced_AllocatesOnlyForWhatCame()
    {
        FrameDecoder decoder = new();

        DecodeResult result = Feed(decoder, [FrameCodec.Long, 0, 0, 0, 0, 0x7F, 0, 0, 0, 1, 2, 3]);

        Assert.AreEqual(DecodeResult.NeedMore, result);
        Assert.IsLessThanOrEqualTo(64 << 10, decoder.UnfinishedBytes);
    }

    [TestMethod]
    public void TryRead_RandomBytes_EndInFramesOrAFaultAndNeverThrow()
    {
        Random random = new(1);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            bytes[0] &= 0x07;

            List<(byte Flags, byte[] Body)> decoded = Decode(new FrameDecoder { MaxFrameBytes = Limits.CommandBytes }, bytes, random.Next(1, 50));

            Assert.IsLessThanOrEqualTo(bytes.Length, decoded.Sum(f => f.Body.Length + 2));
        }
    }

    private static DecodeResult Feed(FrameDecoder decoder, byte[] bytes)
    {
        bytes.CopyTo(decoder.Free);
        decoder.Advance(bytes.Length);
        return decoder.TryRead(out _, out _);
    }

    private static List<(byte Flags, byte[] Body)> Decode(FrameDecoder decoder, byte[] stream, int piece)
    {
        List<(byte, byte[])> decoded = [];
        int at = 0;
        while (true)
        {
            DecodeResult result;
            while ((result = decoder.TryRead(out byte flags, out byte[] body)) == DecodeResult.Frame)
            {
                decoded.Add((flags, body));
            }
            if (result == DecodeResult.Fault || at == stream.Length)
            {
                return decoded;
            }
            Span<byte> free = decoder.Free;
            int count = Math.Min(Math.Min(piece, free.Length), stream.Length - at);
            stream.AsSpan(at, count).CopyTo(free);
            decoder.Advance(count);
            at += count;
        }
    }
}
