namespace Bridge.Trials.Soaking;

/// <summary>How long and how wide a soak is.</summary>
/// <param name="Suggestions">Suggestions in all, each with its result.</param>
/// <param name="Sessions">Sessions at once.</param>
/// <param name="Holes">Of each collection's grid.</param>
/// <param name="Restarts">Of the host, by turns asked and killed, all in the first half.</param>
/// <param name="Sleepers">Clients that say something only now and then.</param>
internal sealed record SoakSettings(int Suggestions, int Sessions, int Holes, int Restarts, int Sleepers, int Seed);
