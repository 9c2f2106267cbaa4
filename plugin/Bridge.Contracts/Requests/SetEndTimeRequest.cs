using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Says when the session ends, in place of how much time is left. The reply tells the minutes that this leaves.</summary>
/// <param name="EndTime">ISO 8601: <c>2026-01-31T07:30</c> (the host's local time), with <c>Z</c> or an offset for another zone, or <c>07:30</c> for the next time that the clock shows that.</param>
public sealed record SetEndTimeRequest(string Session, string EndTime) : SessionRequest(Session)
{
    /// <summary>Longest text of an end time, in characters.</summary>
    public const int MaxLength = 40;

    public override string Type => MessageTypes.SetEndTime;

    private protected override void WriteFields(JObject json) => json["end_time"] = EndTime;

    internal static SetEndTimeRequest Read(Fields fields) => new(fields.Id("session"), fields.Text("end_time", MaxLength));
}
