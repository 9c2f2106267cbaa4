namespace Bridge.Trials.Judging;

/// <summary>A trial in which something was lost; the message says what.</summary>
internal sealed class TrialLossException(string message) : Exception(message);
