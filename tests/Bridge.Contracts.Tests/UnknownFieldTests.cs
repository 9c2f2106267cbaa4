using Newtonsoft.Json.Linq;

namespace Bridge.Contracts.Tests;

/// <summary>Fields of a newer version are kept as they are, or the message is refused: never kept as something else.</summary>
[TestClass]
public sealed class UnknownFieldTests
{
    [TestMethod]
    [DataRow("1e999")]
    [DataRow("-1e999")]
    [DataRow("NaN")]
    [DataRow("{\"deep\":[1,{\"deeper\":1e999}]}")]
    public void Parse_UnknownFieldBeyondTheRangeOfADouble_IsRefusedByName(string value)
    {
        JObject body = MessageCodec.ParseObject(new StringReader($"{{\"session\":\"s\",\"item\":1,\"newer\":{value}}}"));

        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => Request.Parse(new BridgeMessage(MessageTypes.ReportVisit, "id", body)));

        Assert.AreEqual(FaultCode.BadField, refusal.Code);
        StringAssert.Contains(refusal.Message, "'newer'");
    }
}
