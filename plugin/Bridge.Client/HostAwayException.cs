namespace Bridge.Client;

/// <summary>No answer came to one attempt.</summary>
internal sealed class HostAwayException(string message, Exception? inner = null) : Exception(message, inner);
