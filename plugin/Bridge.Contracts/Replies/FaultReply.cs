using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The request was not carried out, and nothing was changed by it.</summary>
/// <param name="Code">What went wrong; an unknown number of a newer host is kept as it is.</param>
/// <param name="Message">One sentence that names the thing and says what to do.</param>
public sealed record FaultReply(FaultCode Code, string Message) : Reply
{
    public override string Type => MessageTypes.Fault;

    public static FaultReply From(ContractException e) => new(e.Code, e.Message);

    private protected override void Write(JObject json)
    {
        json["code"] = (int)Code;
        json["name"] = Code.ToString();
        json["message"] = Message;
    }

    internal static FaultReply Read(Fields fields)
    {
        fields.OptionalText("name", 64);  // for people only
        return new FaultReply((FaultCode)fields.Integer("code", -1000, -1), fields.OptionalText("message", 65_536) ?? "");
    }
}
