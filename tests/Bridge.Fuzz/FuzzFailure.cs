namespace Bridge.Fuzz;

/// <summary>Something was read that is not what was written, or read differently in other pieces.</summary>
internal sealed class FuzzFailure(string message) : Exception(message);
