using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>
/// Says where the beam was seen after the last shift, or that none was found. A second one before the next shift replaces the first. Instead of a position a message may
/// carry <c>"picture": {"width", "height", "type"}</c> and the pixels as one binary frame: the host finds the beam and goes on as if its position had been sent.
/// </summary>
/// <param name="X">Position in the unit of the goal, within ±1 000 000; null, like <paramref name="Y"/>, if no beam was found.</param>
/// <param name="Y">The other coordinate.</param>
public sealed record ObserveBeamRequest(string Session, double? X, double? Y) : SessionRequest(Session)
{
    /// <summary>Name of the field that describes a picture.</summary>
    public const string PictureField = "picture";

    private const int MaxWhyLength = 200;

    public override string Type => MessageTypes.ObserveBeam;

    /// <summary>Why no beam was found, for a person; null if that is not known.</summary>
    public string? Why { get; init; }

    private protected override void WriteFields(JObject json)
    {
        ContractJson.WriteUnlessNull(json, "x", X);
        ContractJson.WriteUnlessNull(json, "y", Y);
        if (Why is not null)
            json["why"] = Why;
    }

    internal static ObserveBeamRequest Read(Fields fields)
    {
        double? x = fields.OptionalNumber("x", -BeginAlignmentRequest.MaxPosition, BeginAlignmentRequest.MaxPosition);
        double? y = fields.OptionalNumber("y", -BeginAlignmentRequest.MaxPosition, BeginAlignmentRequest.MaxPosition);
        return x is null == y is null
            ? new ObserveBeamRequest(fields.Id("session"), x, y) { Why = fields.OptionalText("why", MaxWhyLength) }
            : throw new ContractException(FaultCode.BadField, "observe_beam: give both 'x' and 'y', or neither if no beam was found");
    }
}
