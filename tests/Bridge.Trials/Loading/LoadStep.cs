using Bridge.Benchmarks.Measuring;

namespace Bridge.Trials.Loading;

/// <summary>What was measured at one rate, or while the sessions were opened.</summary>
/// <param name="What">In a word or two.</param>
/// <param name="Requests">That were answered.</param>
/// <param name="Refused">Of these, with a fault.</param>
/// <param name="Unanswered">That got no answer at all.</param>
/// <param name="Latency">From the moment at which a request was due, not from that at which a late client sent it.</param>
/// <param name="Seconds">That it took.</param>
/// <param name="Cores">Processor time of the host a second.</param>
/// <param name="HostMb">Resident memory of the host at the end, MiB.</param>
/// <param name="HeapMb">Of it, its objects, MiB.</param>
internal sealed record LoadStep(string What, int Requests, int Refused, int Unanswered, Latency Latency, double Seconds, double Cores, double HostMb, double HeapMb);
