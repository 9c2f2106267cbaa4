namespace Bridge.StandIn.Language;

/// <summary>A limit of the stand-in itself; no Try block catches it.</summary>
internal sealed class LimitReached(string message) : Exception(message);
