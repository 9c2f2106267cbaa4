using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>
/// Begins to bring the beam to a goal. It opens a session of its own kind, without targets; in an alignment session that is open it begins
/// anew. Positions are in the client's unit of measurement, usually camera pixels; shifts are in the unit of the deflector that it sets.
/// </summary>
/// <param name="Session">Its name, chosen by the client.</param>
/// <param name="GoalX">Where the beam shall be, within ±1 000 000.</param>
/// <param name="GoalY">Where the beam shall be, within ±1 000 000.</param>
/// <param name="MaxShift">Longest shift from the starting value, above 0: what would need more is given up, never clipped.</param>
public sealed record BeginAlignmentRequest(string Session, double GoalX, double GoalY, double MaxShift) : SessionRequest(Session)
{
    /// <summary>Farthest position that is believed.</summary>
    public const double MaxPosition = 1_000_000;

    /// <summary>Least and longest shift, in whatever unit.</summary>
    public const double LeastShift = 1e-9, LongestShift = 1e9;

    /// <summary>Most steps that may be asked for.</summary>
    public const int MostSteps = 1000;

    public override string Type => MessageTypes.BeginAlignment;

    /// <summary>The beam is aligned within this distance of the goal; 0.001 to 100 000, default 1.</summary>
    public double Tolerance { get; init; } = 1;

    /// <summary>Shifts after which it is given up; 1 to 1000, default 30.</summary>
    public int MaxSteps { get; init; } = 30;

    /// <summary>Longest change of the shift in one step; null for a quarter of <see cref="MaxShift"/>.</summary>
    public double? MaxStep { get; init; }

    /// <summary>First shift, to see how the beam reacts; null for a twentieth of <see cref="MaxShift"/>.</summary>
    public double? FirstShift { get; init; }

    /// <summary>Name of the policy; null leaves the choice to the host.</summary>
    public string? Policy { get; init; }

    private protected override void WriteFields(JObject json)
    {
        json["goal_x"] = GoalX;
        json["goal_y"] = GoalY;
        json["max_shift"] = MaxShift;
        json["tolerance"] = Tolerance;
        json["max_steps"] = MaxSteps;
        ContractJson.WriteUnlessNull(json, "max_step", MaxStep);
        ContractJson.WriteUnlessNull(json, "first_shift", FirstShift);
        ContractJson.WriteUnlessEmpty(json, "policy", Policy);
    }

    internal static BeginAlignmentRequest Read(Fields fields)
    {
        double maxShift = fields.Number("max_shift", LeastShift, LongestShift);
        return new BeginAlignmentRequest(
            fields.Id("session"),
            fields.Number("goal_x", -MaxPosition, MaxPosition),
            fields.Number("goal_y", -MaxPosition, MaxPosition),
            maxShift)
        {
            Tolerance = fields.OptionalNumber("tolerance", 0.001, 100_000) ?? 1,
            MaxSteps = fields.OptionalInteger("max_steps", 1, MostSteps) ?? 30,
            MaxStep = fields.OptionalNumber("max_step", LeastShift, 2 * maxShift),
            FirstShift = fields.OptionalNumber("first_shift", LeastShift, maxShift),
            Policy = fields.OptionalText("policy", 64),
        };
    }
}
