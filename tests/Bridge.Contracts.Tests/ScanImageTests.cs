namespace Bridge.Contracts.Tests;

/// <summary>The one reply with binary frames.</summary>
[TestClass]
public sealed class ScanImageTests
{
    private static readonly ScanImageReply Reply = new("s", 8, 9, 7, 2)
    {
        Segments = 3,
        Of = 20,
        Method = "network",
        File = "/a/b.mrc",
        ImageBytes = ScanImageReply.ToBytes([.. Enumerable.Range(0, 16).Select(i => i / 3f)]),
        Mask = new byte[16],
        UncertaintyBytes = ScanImageReply.ToBytes(new float[16]),
    };

    [TestMethod]
    public void Parse_WhatWasEncoded_IsTheSame()
    {
        var read = (ScanImageReply)Bridge.Contracts.Reply.Parse(MessageCodec.Decode(MessageCodec.Encode(Reply.ToMessage("1"))));

        Assert.AreEqual(Reply.ToJson().ToString(), read.ToJson().ToString());
        Assert.IsTrue(read.HasPixels);
        CollectionAssert.AreEqual(Enumerable.Range(0, 16).Select(i => i / 3f).ToArray(), ScanImageReply.ToFloats(read.ImageBytes));
        CollectionAssert.AreEqual(Reply.UncertaintyBytes.ToArray(), read.UncertaintyBytes.ToArray());
    }

    [TestMethod]
    public void Parse_WithoutFrames_HasNoPixels()
        => Assert.IsFalse(((ScanImageReply)Bridge.Contracts.Reply.Parse(new BridgeMessage(MessageTypes.ScanImage, "1", Reply.ToJson()))).HasPixels);

    [TestMethod]
    public void Parse_FramesThatDoNotFit_AreRefused()
    {
        BridgeMessage whole = Reply.ToMessage("1");
        foreach (byte[][] frames in new byte[][][] { [whole.Binary[0]], [new byte[63], whole.Binary[1], whole.Binary[2]], [whole.Binary[0], [], whole.Binary[2]], [.. whole.Binary, []] })
        {
            ContractException refusal = Assert.ThrowsExactly<ContractException>(() => Bridge.Contracts.Reply.Parse(whole with { Binary = frames }));
            Assert.AreEqual(FaultCode.BadFrame, refusal.Code);
            StringAssert.Contains(refusal.Message, "2 rows of 8 px are frames of 64, 16 and 64 bytes");
        }
    }
}
