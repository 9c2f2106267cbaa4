using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Opens a session, or resumes the one of this name. Targets come from a file that the host can read, or in the message.</summary>
/// <param name="Session">Its name, chosen by the client.</param>
public sealed record OpenSessionRequest(string Session) : SessionRequest(Session)
{
    /// <summary>Most targets in one session.</summary>
    public const int MaxTargets = 200_000;

    public override string Type => MessageTypes.OpenSession;

    /// <summary>Path of a saved Navigator file or of a table of holes (.csv), or null if <see cref="Targets"/> has them.</summary>
    public string? Path { get; init; }

    public IReadOnlyList<Target> Targets { get; init; } = [];

    /// <summary>Name of the planner; null leaves the choice to the host.</summary>
    public string? Planner { get; init; }

    /// <summary>Seed of everything random in the session.</summary>
    public int Seed { get; init; }

    /// <summary>Table of minutes: <c>text</c>, <c>reward</c>, <c>summed</c>, or four numbers with commas; null leaves it to the host.</summary>
    public string? Minutes { get; init; }

    /// <summary>Minutes left from now; null means no limit until <see cref="SetBudgetRequest"/>.</summary>
    public double? MinutesLeft { get; init; }

    /// <summary>When the session ends, in place of <see cref="MinutesLeft"/>: see <see cref="SetEndTimeRequest"/>. Null for none.</summary>
    public string? EndTime { get; init; }

    /// <summary>Name of a planner that advises silently beside the one in charge; null for none.</summary>
    public string? Shadow { get; init; }

    /// <summary>Minutes of an image of a patch in the square where the stage is, for the planner <c>adaptive</c>; null for 1.</summary>
    public double? SurveyMinutes { get; init; }

    /// <summary>Longest image shift in µm between the shots of one stage position, for the planner <c>groups</c>; null for 0.</summary>
    public double? MaxShiftUm { get; init; }

    /// <summary>Minutes of each shot after the first of a stage position, for the planner <c>groups</c>; null for 0.5.</summary>
    public double? ShotMinutes { get; init; }

    /// <summary>What the session is for, beyond as many good micrographs as the time allows; null for no more than that.</summary>
    public Goal? Goal { get; init; }

    /// <summary>Where the stage may be sent; null for everywhere. Opening the session again may change it.</summary>
    public AllowedArea? Allowed { get; init; }

    private protected override void WriteFields(JObject json)
    {
        ContractJson.WriteUnlessEmpty(json, "path", Path);
        if (Targets.Count > 0)
            json["targets"] = new JArray(Targets.Select(target => target.ToJson()));
        ContractJson.WriteUnlessEmpty(json, "planner", Planner);
        json["seed"] = Seed;
        ContractJson.WriteUnlessEmpty(json, "minutes", Minutes);
        ContractJson.WriteUnlessNull(json, "minutes_left", MinutesLeft);
        ContractJson.WriteUnlessEmpty(json, "end_time", EndTime);
        ContractJson.WriteUnlessEmpty(json, "shadow", Shadow);
        ContractJson.WriteUnlessNull(json, "survey_minutes", SurveyMinutes);
        ContractJson.WriteUnlessNull(json, "max_shift_um", MaxShiftUm);
        ContractJson.WriteUnlessNull(json, "shot_minutes", ShotMinutes);
        if (Goal is not null)
            json["goal"] = Goal.ToJson();
        if (Allowed is not null)
            json["allowed"] = Allowed.ToJson();
    }

    internal static OpenSessionRequest Read(Fields fields)
    {
        var request = new OpenSessionRequest(fields.Id("session"))
        {
            Path = fields.OptionalText("path", 4096),
            Planner = fields.OptionalText("planner", 64),
            Seed = fields.OptionalInteger("seed", int.MinValue, int.MaxValue) ?? 0,
            Minutes = fields.OptionalText("minutes", 256),
            MinutesLeft = fields.OptionalNumber("minutes_left", 0, SetBudgetRequest.MaxMinutes),
            EndTime = fields.OptionalText("end_time", SetEndTimeRequest.MaxLength),
            Shadow = fields.OptionalText("shadow", 64),
            SurveyMinutes = fields.OptionalNumber("survey_minutes", 0.01, 1000),
            MaxShiftUm = fields.OptionalNumber("max_shift_um", 0, 1000),
            ShotMinutes = fields.OptionalNumber("shot_minutes", 0.001, 1000),
            Goal = fields.OptionalObject("goal") is { } goal ? Goal.Parse(goal) : null,
            Targets = ReadTargets(fields),
            Allowed = fields.OptionalObject("allowed") is { } allowed ? AllowedArea.Parse(allowed) : null,
        };
        if (request is { EndTime: not null, MinutesLeft: not null })
            throw new ContractException(FaultCode.BadField, "open_session: give either 'minutes_left' or 'end_time', not both");
        return request.Path is null == request.Targets.Count > 0
            ? request
            : throw new ContractException(FaultCode.BadField, "open_session: give either 'path' or 'targets' (at least one), not both");
    }

    private static List<Target> ReadTargets(Fields fields)
    {
        var targets = new List<Target>();
        foreach (JToken token in fields.OptionalArray("targets", MaxTargets) ?? [])
        {
            targets.Add(token is JObject json
                ? Target.Parse(json, defaultItem: targets.Count + 1)
                : throw new ContractException(FaultCode.BadField, $"open_session: target {targets.Count + 1} is not an object"));
        }
        return targets;
    }
}
