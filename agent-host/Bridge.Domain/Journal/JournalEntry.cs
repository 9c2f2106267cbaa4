using Newtonsoft.Json.Linq;

namespace Bridge.Domain.Journal;

/// <summary>One line of a session journal.</summary>
/// <param name="Seq">Sequence number, from 1 without a gap.</param>
/// <param name="Utc">When it was written, to the microsecond.</param>
/// <param name="Event">What happened: a short name such as <c>open</c> or <c>suggest</c>.</param>
/// <param name="Payload">The other fields of the line, in their order.</param>
public sealed record JournalEntry(long Seq, DateTimeOffset Utc, string Event, JObject Payload);
