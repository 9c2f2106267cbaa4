using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The session is open and journalled.</summary>
/// <param name="Targets">Number of holes to collect.</param>
/// <param name="Resumed">True if the session was there before; what was handed out then is not suggested again.</param>
/// <param name="Planner">Name of the planner in charge.</param>
public sealed record SessionOpenedReply(string Session, int Targets, bool Resumed, string Planner) : Reply
{
    public override string Type => MessageTypes.SessionOpened;

    /// <summary>Minutes left from now, if the session was opened with an end time; else null.</summary>
    public double? MinutesLeft { get; init; }

    /// <summary>Minutes of moves with which the session begins, four numbers with commas, if it named none and earlier sessions had learned them; else null.</summary>
    public string? Minutes { get; init; }

    /// <summary>What the reader of the file noticed and could live with; at most 20 sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Unvisited targets, for the client's own order should the host go away.</summary>
    public IReadOnlyList<(int Item, StageUm Stage)> Places { get; init; } = [];

    private protected override void Write(JObject json)
    {
        json["session"] = Session;
        json["targets"] = Targets;
        json["resumed"] = Resumed;
        json["planner"] = Planner;
        ContractJson.WriteUnlessNull(json, "minutes_left", MinutesLeft);
        if (Minutes is not null)
            json["minutes"] = Minutes;
        if (Warnings.Count > 0)
            json["warnings"] = new JArray(Warnings);
        // One flat list, four numbers a target: item, x_um, y_um, z_um. A tenth of the size of a list of objects.
        json[PlacesReader.Name] = new PlacesToken(Places);
    }

    internal static SessionOpenedReply Read(Fields fields) => new(
        fields.Id("session"),
        fields.Integer("targets", 0, OpenSessionRequest.MaxTargets),
        fields.OptionalFlag("resumed"),
        fields.Text("planner"))
    {
        MinutesLeft = fields.OptionalNumber("minutes_left", 0, SetBudgetRequest.MaxMinutes),
        Minutes = fields.OptionalText("minutes", 256),
        Warnings = [.. (fields.OptionalArray("warnings", 100) ?? []).Select(token => token.ToString())],
        Places = ReadPlaces(fields),
    };

    private static List<(int, StageUm)> ReadPlaces(Fields fields)
    {
        ReadOnlySpan<double> numbers = fields.Numbers(PlacesReader.Name, PlacesReader.Most);
        var places = new List<(int, StageUm)>(numbers.Length / 4);
        if (numbers.Length % 4 != 0)
            throw fields.Bad(PlacesReader.Name, "a list of numbers, four a target");
        for (int i = 0; i < numbers.Length; i += 4)
            places.Add(((int)numbers[i], new StageUm(numbers[i + 1], numbers[i + 2], numbers[i + 3])));
        return places;
    }
}
