namespace Bridge.StandIn.Commands;

/// <summary>What is known of a command.</summary>
/// <param name="Name">As SerialEM spells it.</param>
/// <param name="MinArguments">Entries that must follow it.</param>
/// <param name="Arithmetic">Whether its entries may be arithmetic.</param>
/// <param name="Types">Types of its arguments where known: D, I, S needed, d, i, s optional; empty otherwise.</param>
/// <param name="Handler">Carries it out; null if it is known and not simulated.</param>
internal sealed record CommandInfo(string Name, int MinArguments, bool Arithmetic, string Types, CommandHandler? Handler);
