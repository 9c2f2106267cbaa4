using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Domain.Specimen;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Serving;

/// <summary>One request and its answer as the journal keeps them: <c>id</c>, <c>at_min</c>, <c>request</c>, <c>reply_type</c>,
/// <c>reply</c>, and from a file the <c>targets</c> or <c>predictions</c> that were read.</summary>
/// <param name="AtMin">Minute of the session's clock.</param>
/// <param name="Targets">The session's targets; only an opening has them.</param>
public sealed record JournalledExchange(BridgeMessage Message, SessionRequest Request, Reply Reply, double AtMin, IReadOnlyList<Target> Targets)
{
    /// <summary>When an earlier host wrote it, by the computer's clock; null of what happens now.</summary>
    public DateTimeOffset? WrittenUtc { get; init; }

    /// <summary>File of the crops that came with <c>score_holes</c>, beside the journal; null if none came.</summary>
    public string? Crops { get; init; }

    /// <param name="score">Request to score holes whose items were read from a file, or null.</param>
    /// <param name="crops">Name of the file that keeps the crops of the message, or null.</param>
    /// <param name="readGrid">What was read from the file that the request named, or null if it named none.</param>
    /// <param name="read">Predictions that were read from a file, or null.</param>
    public static JObject ToPayload(BridgeMessage message, Reply reply, double atMin, Grid? readGrid = null, ReportPredictionsRequest? read = null, ScoreHolesRequest? score = null, string? crops = null)
    {
        // Whatever the client can be told again from the targets is not kept twice.
        Reply kept = reply is SessionOpenedReply opened ? opened with { Places = [] } : reply;
        var payload = new JObject
        {
            ["id"] = message.RequestId,
            ["at_min"] = atMin,
            ["request"] = message.Body,
            ["reply_type"] = kept.Type,
            ["reply"] = kept.ToJson(),
        };
        if (readGrid is not null)
            payload["targets"] = new TargetsToken(readGrid);
        if (crops is not null)
            payload["crops"] = crops;
        if (score is { Path: not null })
            payload["items"] = new JArray(score.Items.Select(item => (JToken)item));
        if (read is { Path: not null })
            payload["predictions"] = new JArray(read.Predictions.Select(prediction => prediction.ToJson()));
        return payload;
    }

    /// <exception cref="ContractException">The line is whole, but not one that this version wrote.</exception>
    public static JournalledExchange From(JournalEntry entry)
    {
        try
        {
            var fields = new Fields($"journal line {entry.Seq}", entry.Payload);
            string id = fields.Text("id");
            var message = new BridgeMessage(entry.Event, id, fields.OptionalObject("request") ?? throw fields.Bad("request", "an object"));
            JObject reply = fields.OptionalObject("reply") ?? throw fields.Bad("reply", "an object");
            var request = Contracts.Request.Parse(message) as SessionRequest ?? throw fields.Bad("request", "a session's request");
            if (request is ReportPredictionsRequest { Path: not null } byFile)
                request = byFile with { Predictions = ReportPredictionsRequest.ReadList(fields) };
            if (request is ScoreHolesRequest { Path: not null } onMaps)
                request = onMaps with { Items = [.. (fields.OptionalArray("items", OpenSessionRequest.MaxTargets) ?? []).Select(item => (int)item)] };
            var targets = new List<Target>();
            foreach (JToken target in fields.OptionalArray("targets", OpenSessionRequest.MaxTargets) ?? [])
                targets.Add(Target.Parse(target as JObject ?? throw fields.Bad("targets", "a list of objects"), targets.Count + 1));
            return new JournalledExchange(
                message,
                request,
                Contracts.Reply.Parse(new BridgeMessage(fields.Text("reply_type"), id, reply)),
                fields.Number("at_min", 0, Contracts.Request.MaxClockMin),
                targets.Count > 0 ? targets : (request as OpenSessionRequest)?.Targets ?? [])
            {
                WrittenUtc = entry.Utc,
                Crops = fields.OptionalText("crops", 255) is { } crops ? Path.GetFileName(crops) == crops && request is ScoreHolesRequest ? crops : throw fields.Bad("crops", "the name of a file beside the journal") : null,
            };
        }
        catch (ContractException e)
        {
            throw new ContractException(FaultCode.JournalCorrupt, $"journal line {entry.Seq} is whole but was not written by this version: {e.Message}", e);
        }
    }
}
