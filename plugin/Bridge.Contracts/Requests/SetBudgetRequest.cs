using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Says how much time is left, as often as the client knows better.</summary>
/// <param name="MinutesLeft">Minutes left from now, 0 to 100 000.</param>
public sealed record SetBudgetRequest(string Session, double MinutesLeft) : SessionRequest(Session)
{
    /// <summary>Longest session, in minutes: ten weeks.</summary>
    public const double MaxMinutes = 100_000;

    public override string Type => MessageTypes.SetBudget;

    private protected override void WriteFields(JObject json) => json["minutes_left"] = MinutesLeft;

    internal static SetBudgetRequest Read(Fields fields) => new(fields.Id("session"), fields.Number("minutes_left", 0, MaxMinutes));
}
