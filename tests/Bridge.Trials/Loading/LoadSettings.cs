namespace Bridge.Trials.Loading;

/// <summary>How much load is put on a host.</summary>
/// <param name="Sessions">At once, each with a client of its own.</param>
/// <param name="Holes">Of each session.</param>
/// <param name="Rates">Requests a second, of all sessions together, one after the other.</param>
/// <param name="Seconds">Of each rate.</param>
/// <param name="Planner">Of all sessions.</param>
/// <param name="Burst">Requests that each session gets at once in the end, without waiting for answers.</param>
/// <param name="Folder">Where the journals go: the disk that is measured.</param>
internal sealed record LoadSettings(int Sessions, int Holes, int[] Rates, double Seconds, string Planner, int Burst, string Folder, int Seed);
