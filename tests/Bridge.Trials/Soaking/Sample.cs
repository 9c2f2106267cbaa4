namespace Bridge.Trials.Soaking;

/// <summary>What everything takes at one moment of a soak.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="Exchanges">Answered so far.</param>
/// <param name="HostMb">Resident memory of the host, MiB.</param>
/// <param name="HeapMb">Of it, the host's objects, MiB.</param>
/// <param name="Handles">The host's open files and sockets.</param>
/// <param name="Threads">The host's threads.</param>
/// <param name="JournalMb">All journals so far, MiB.</param>
/// <param name="LogKb">All logs, kB.</param>
/// <param name="ClientMb">Resident memory of the clients' process, MiB.</param>
internal sealed record Sample(double Seconds, long Exchanges, double HostMb, double HeapMb, double Handles, double Threads, double JournalMb, double LogKb, double ClientMb);
