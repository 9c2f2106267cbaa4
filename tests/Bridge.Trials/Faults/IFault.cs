using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>One kind of fault, done to a real host and real clients.</summary>
internal interface IFault
{
    /// <summary>As <c>--only</c> takes it.</summary>
    string Name { get; }

    /// <summary>What is done, in a sentence.</summary>
    string What { get; }

    /// <summary>How often a full run does it.</summary>
    int Usual { get; }

    /// <summary>How often the bounded run does it, which is a test in CI.</summary>
    int Few { get; }

    /// <summary>Does it, counts, and says where a technician reads of it.</summary>
    void Run(FaultRun run, Tally tally);
}
