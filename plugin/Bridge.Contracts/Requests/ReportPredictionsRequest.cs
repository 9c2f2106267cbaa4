using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Tells predictions that were not known when the session was opened, such as those of a patch whose image was just taken. A later prediction of a target takes the place of an earlier one.</summary>
/// <param name="Predictions">1 to <see cref="OpenSessionRequest.MaxTargets"/>; empty if <see cref="Path"/> has them.</param>
public sealed record ReportPredictionsRequest(string Session, IReadOnlyList<Prediction> Predictions) : SessionRequest(Session)
{
    public override string Type => MessageTypes.ReportPredictions;

    /// <summary>Path of the Navigator file (or table of holes), saved again since: every prediction in it is taken, items that are no targets of the session are left out. Null if <see cref="Predictions"/> has them.</summary>
    public string? Path { get; init; }

    private protected override void WriteFields(JObject json)
    {
        ContractJson.WriteUnlessEmpty(json, "path", Path);
        if (Path is null)
            json["predictions"] = new JArray(Predictions.Select(prediction => prediction.ToJson()));
    }

    internal static ReportPredictionsRequest Read(Fields fields)
    {
        var request = new ReportPredictionsRequest(fields.Id("session"), ReadList(fields)) { Path = fields.OptionalText("path", 4096) };
        return request.Path is null == request.Predictions.Count > 0
            ? request
            : throw new ContractException(FaultCode.BadField, "report_predictions: give either 'path' or 'predictions' (at least one), not both");
    }

    /// <summary>The field <c>predictions</c> of a message or a journal line; empty if it is missing.</summary>
    /// <exception cref="ContractException">It is no list of predictions.</exception>
    public static IReadOnlyList<Prediction> ReadList(Fields fields)
    {
        var predictions = new List<Prediction>();
        foreach (JToken token in fields.OptionalArray("predictions", OpenSessionRequest.MaxTargets) ?? [])
            predictions.Add(Prediction.Parse(token as JObject ?? throw fields.Bad("predictions", "a list of objects")));
        return predictions;
    }
}
