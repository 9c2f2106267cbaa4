using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The values read at the positions of the last segment, in their order.</summary>
/// <param name="Values">As many as the segment has positions, each within ±10^12.</param>
public sealed record ObserveSegmentRequest(string Session, IReadOnlyList<double> Values) : SessionRequest(Session)
{
    /// <summary>Largest value that is believed, either sign.</summary>
    public const double Largest = 1e12;

    public override string Type => MessageTypes.ObserveSegment;

    private protected override void WriteFields(JObject json) => json["values"] = new JArray(Values.Select(value => (JToken)value));

    internal static ObserveSegmentRequest Read(Fields fields)
    {
        JArray list = fields.OptionalArray("values", BeginScanRequest.MostPositions) ?? throw fields.Bad("values", "a list of numbers");
        var values = new double[list.Count];
        for (int i = 0; i < values.Length; i++)
        {
            double? value = (list[i] as JValue)?.Value switch { double number => number, long number => number, _ => null };
            values[i] = value is >= -Largest and <= Largest
                ? value.Value
                : throw new ContractException(FaultCode.BadField, $"observe_segment: value {i + 1} of {values.Length} must be a number within ±1e12");
        }
        return new ObserveSegmentRequest(fields.Id("session"), values);
    }
}
