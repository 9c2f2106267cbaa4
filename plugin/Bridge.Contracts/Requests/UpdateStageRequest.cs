using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Says where the stage is, so that the next move is priced from there.</summary>
public sealed record UpdateStageRequest(string Session, StageUm Stage) : SessionRequest(Session)
{
    public override string Type => MessageTypes.UpdateStage;

    private protected override void WriteFields(JObject json) => ContractJson.WriteStage(json, Stage);

    internal static UpdateStageRequest Read(Fields fields) => new(fields.Id("session"), ContractJson.ReadStage(fields));
}
