using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Says where the beam was seen after the last shift, or that none was found. A second one before the next shift replaces the first.</summary>
/// <param name="X">Position in the unit of the goal, within ±1 000 000; null, like <paramref name="Y"/>, if no beam was found.</param>
/// <param name="Y">The other coordinate.</param>
public sealed record ObserveBeamRequest(string Session, double? X, double? Y) : SessionRequest(Session)
{
    public override string Type => MessageTypes.ObserveBeam;

    private protected override void WriteFields(JObject json)
    {
        ContractJson.WriteUnlessNull(json, "x", X);
        ContractJson.WriteUnlessNull(json, "y", Y);
    }

    internal static ObserveBeamRequest Read(Fields fields)
    {
        double? x = fields.OptionalNumber("x", -BeginAlignmentRequest.MaxPosition, BeginAlignmentRequest.MaxPosition);
        double? y = fields.OptionalNumber("y", -BeginAlignmentRequest.MaxPosition, BeginAlignmentRequest.MaxPosition);
        return x is null == y is null
            ? new ObserveBeamRequest(fields.Id("session"), x, y)
            : throw new ContractException(FaultCode.BadField, "observe_beam: give both 'x' and 'y', or neither if no beam was found");
    }
}
