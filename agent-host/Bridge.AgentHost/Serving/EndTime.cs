using System.Globalization;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>End times as people write them.</summary>
internal static class EndTime
{
    private static readonly string[] TimesOfDay = ["HH:mm", "HH:mm:ss"];

    /// <summary>Minutes from now until an end time; 0 if it is past.</summary>
    /// <param name="text">ISO 8601, local unless it says otherwise, or a time of day: then the next one.</param>
    /// <param name="time">Tells now and the local zone.</param>
    /// <exception cref="ContractException">It is no such text, or further away than a session can last.</exception>
    public static double MinutesUntil(string text, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        double minutes = Math.Max(0, (Parse(text, now, time.LocalTimeZone) - now).TotalMinutes);
        return minutes <= SetBudgetRequest.MaxMinutes ? minutes : throw new ContractException(FaultCode.BadField,
            string.Create(CultureInfo.InvariantCulture, $"end_time '{text}' is {minutes:0} min away, the limit is {SetBudgetRequest.MaxMinutes:0}"));
    }

    /// <summary>An opening whose end time was turned into minutes left; any other opening as it is.</summary>
    public static OpenSessionRequest Resolved(OpenSessionRequest opening, TimeProvider time)
        => opening.EndTime is { } text ? opening with { MinutesLeft = MinutesUntil(text, time) } : opening;

    private static DateTimeOffset Parse(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (TimeOnly.TryParseExact(text, TimesOfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly ofDay))
        {
            DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
            DateTimeOffset end = At(today.ToDateTime(ofDay), zone);
            return end > now ? end : At(today.AddDays(1).ToDateTime(ofDay), zone);
        }
        bool isIso = text.Length >= 16 && char.IsAsciiDigit(text[0]) && text[4] == '-' && text[10] == 'T';
        if (isIso && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime date))
        {
            return date.Kind == DateTimeKind.Unspecified
                ? At(date, zone)
                : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        }
        throw new ContractException(FaultCode.BadField, $"end_time must look like 2026-01-31T07:30 (local), 2026-01-31T06:30Z or 07:30, got '{text}'");
    }

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(local));
}
