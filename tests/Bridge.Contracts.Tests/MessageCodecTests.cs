using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json.Linq;

namespace Bridge.Contracts.Tests;

[TestClass]
public sealed class MessageCodecTests
{
    private static readonly BridgeMessage Message = new("suggest", "id-1", new JObject { ["session"] = "s" });

    [TestMethod]
    public void Decode_WhatEncodeMade_IsTheSame() => Prop.ForAll((NonNull<string> text, byte[]? binary) =>
    {
        string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));  // lone surrogates have no UTF-8
        var message = new BridgeMessage("suggest", "id-1", new JObject { ["text"] = valid }) { Binary = [binary ?? []] };

        BridgeMessage back = MessageCodec.Decode(MessageCodec.Encode(message));

        return back.Type == message.Type && back.RequestId == message.RequestId
            && JToken.DeepEquals(back.Body, message.Body) && back.Binary.Single().SequenceEqual(message.Binary[0]);
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Decode_AnyFrames_IsAMessageOrARefusal() => Prop.ForAll((byte[][]? frames) =>
    {
        List<byte[]> hostile = [.. (frames ?? []).Select(frame => frame ?? [])];
        if (hostile.Count > 0)
            hostile[0] = Encoding.ASCII.GetBytes(Protocol.Version);
        try
        {
            MessageCodec.Decode(hostile);
            return true;
        }
        catch (ContractException)
        {
            return true;
        }
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow("bridge/2", FaultCode.UnknownProtocol)]
    [DataRow("bridge/1 ", FaultCode.UnknownProtocol)]
    [DataRow("GET / HTTP/1.1", FaultCode.BadFrame)]
    [DataRow("", FaultCode.BadFrame)]
    public void Decode_OtherProtocol_IsRefused(string protocol, FaultCode code)
    {
        List<byte[]> frames = MessageCodec.Encode(Message);
        frames[0] = Encoding.UTF8.GetBytes(protocol);

        Assert.AreEqual(code, Assert.ThrowsExactly<ContractException>(() => MessageCodec.Decode(frames)).Code);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("{")]
    [DataRow("{} {}")]
    [DataRow("{\"a\":1,\"a\":2}")]
    [DataRow("{\"a\":\"\\ud800")]
    public void Decode_NotOneJsonObject_IsRefused(string json)
    {
        List<byte[]> frames = MessageCodec.Encode(Message);
        frames[3] = Encoding.UTF8.GetBytes(json);

        Assert.AreEqual(FaultCode.BadFrame, Assert.ThrowsExactly<ContractException>(() => MessageCodec.Decode(frames)).Code);
    }

    [TestMethod]
    public void Decode_InvalidUtf8_IsRefused()
    {
        List<byte[]> frames = MessageCodec.Encode(Message);
        frames[3] = [(byte)'{', 0xC3, 0x28, (byte)'}'];

        Assert.AreEqual(FaultCode.BadFrame, Assert.ThrowsExactly<ContractException>(() => MessageCodec.Decode(frames)).Code);
    }

    [TestMethod]
    public void Decode_DeepJson_IsRefusedWithoutAStackOverflow()
    {
        List<byte[]> frames = MessageCodec.Encode(Message);
        frames[3] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));

        Assert.AreEqual(FaultCode.BadFrame, Assert.ThrowsExactly<ContractException>(() => MessageCodec.Decode(frames)).Code);
    }

    [TestMethod]
    public void Decode_HugeJson_IsRefusedAsTooLarge()
    {
        List<byte[]> frames = MessageCodec.Encode(Message);
        frames[3] = new byte[Protocol.MaxJsonBytes + 1];

        Assert.AreEqual(FaultCode.TooLarge, Assert.ThrowsExactly<ContractException>(() => MessageCodec.Decode(frames)).Code);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Decode_FramesCutShort_IsRefused(int count)
    {
        List<byte[]> frames = MessageCodec.Encode(Message).GetRange(0, count);

        Assert.AreEqual(FaultCode.BadFrame, Assert.ThrowsExactly<ContractException>(() => MessageCodec.Decode(frames)).Code);
    }

    [TestMethod]
    public void Decode_TooManyBinaryFrames_IsRefused()
    {
        List<byte[]> frames = MessageCodec.Encode(Message with { Binary = [.. Enumerable.Repeat<byte[]>([], Protocol.MaxBinaryFrames + 1)] });

        Assert.AreEqual(FaultCode.TooLarge, Assert.ThrowsExactly<ContractException>(() => MessageCodec.Decode(frames)).Code);
    }

    [TestMethod]
    public void RequestIdOf_BadJson_IsStillTheId()
    {
        List<byte[]> frames = MessageCodec.Encode(Message);
        frames[3] = [];

        Assert.AreEqual("id-1", MessageCodec.RequestIdOf(frames));
    }

    [TestMethod]
    [DataRow("a", true)]
    [DataRow("A-b_c.9", true)]
    [DataRow("", false)]
    [DataRow(".hidden", false)]
    [DataRow("a/b", false)]
    [DataRow("a\\b", false)]
    [DataRow("ä", false)]
    public void IsValid_Ids_AreSafeFileNames(string id, bool valid) => Assert.AreEqual(valid, Ids.IsValid(id));
}
