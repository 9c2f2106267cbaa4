namespace Bridge.Client;

/// <summary>No answer came to one attempt.</summary>
internal sealed class HostAwayException(TimeSpan waited) : Exception($"the agent host did not answer within {waited.TotalMilliseconds:0} ms");
