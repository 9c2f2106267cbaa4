using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>
/// Begins a partial scan: straight segments of positions that lie sqrt(2) pixels apart. It opens a session of its own kind, without
/// targets; in a scan session that is open it begins anew.
/// </summary>
/// <param name="Session">Its name, chosen by the client.</param>
/// <param name="Width">Pixels, 8 to 4096.</param>
/// <param name="Height">Pixels, 8 to 4096.</param>
public sealed record BeginScanRequest(string Session, int Width, int Height) : SessionRequest(Session)
{
    /// <summary>Least and most pixels of an edge.</summary>
    public const int LeastSize = 8, MostSize = 4096;

    /// <summary>Most positions in one segment.</summary>
    public const int MostPositions = 1000;

    public override string Type => MessageTypes.BeginScan;

    /// <summary>Name of the policy that chooses the segments; null leaves the choice to the host.</summary>
    public string? Policy { get; init; }

    /// <summary>Positions as a fraction of the pixels, 0.0001 to 0.5; default 1/23.04, the 20 segments of 20 positions on 96 x 96 of Ede 2021.</summary>
    public double Coverage { get; init; } = 1 / 23.04;

    /// <summary>Positions in one segment, 2 to 1000; default 20.</summary>
    public int Positions { get; init; } = 20;

    /// <summary>Seed of everything random in the scan.</summary>
    public int Seed { get; init; }

    /// <summary>Least value that the detector gives, within ±10^12; null, like <see cref="ValueMax"/>, if nothing is announced. What lies outside is refused.</summary>
    public double? ValueMin { get; init; }

    /// <summary>Most value that the detector gives; more than <see cref="ValueMin"/>.</summary>
    public double? ValueMax { get; init; }

    private protected override void WriteFields(JObject json)
    {
        json["width"] = Width;
        json["height"] = Height;
        ContractJson.WriteUnlessEmpty(json, "policy", Policy);
        json["coverage"] = Coverage;
        json["positions"] = Positions;
        json["seed"] = Seed;
        ContractJson.WriteUnlessNull(json, "value_min", ValueMin);
        ContractJson.WriteUnlessNull(json, "value_max", ValueMax);
    }

    internal static BeginScanRequest Read(Fields fields)
    {
        double? min = fields.OptionalNumber("value_min", -ObserveSegmentRequest.Largest, ObserveSegmentRequest.Largest);
        double? max = fields.OptionalNumber("value_max", -ObserveSegmentRequest.Largest, ObserveSegmentRequest.Largest);
        if (min is null != max is null || min >= max)
            throw new ContractException(FaultCode.BadField, "begin_scan: give both 'value_min' and 'value_max', the first less than the second, or neither");
        return new BeginScanRequest(fields.Id("session"), fields.Integer("width", LeastSize, MostSize), fields.Integer("height", LeastSize, MostSize))
        {
            Policy = fields.OptionalText("policy", 64),
            Coverage = fields.OptionalNumber("coverage", 0.0001, 0.5) ?? 1 / 23.04,
            Positions = fields.OptionalInteger("positions", 2, MostPositions) ?? 20,
            Seed = fields.OptionalInteger("seed", int.MinValue, int.MaxValue) ?? 0,
            ValueMin = min,
            ValueMax = max,
        };
    }
}
