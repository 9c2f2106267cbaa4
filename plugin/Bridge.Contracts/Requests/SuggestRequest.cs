using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>"Where next?" What is suggested counts as handed out: it is not suggested again, unless reported as skipped for later.</summary>
public sealed record SuggestRequest(string Session) : SessionRequest(Session)
{
    public override string Type => MessageTypes.Suggest;

    private protected override void WriteFields(JObject json)
    {
    }

    internal static SuggestRequest Read(Fields fields) => new(fields.Id("session"));
}
