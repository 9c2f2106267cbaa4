using Bridge.Agents.Alignment.Simulation;
using Bridge.Domain.Sessions;

namespace Bridge.StandIn.Microscope;

/// <summary>What can be chosen about the stand-in.</summary>
internal sealed record StandInOptions
{
    /// <summary>Answer to every question; default yes.</summary>
    public bool AnswerYes { get; init; } = true;

    /// <summary>Most commands of one session; default 20 million, some minutes of work.</summary>
    public long MaxCommands { get; init; } = 20_000_000;

    /// <summary>The simulated clock stops the session here, in minutes; default ten days.</summary>
    public double LimitMinutes { get; init; } = 14_400;

    /// <summary>Minutes of moves between holes of a known grid.</summary>
    public MoveMinutes Minutes { get; init; } = MoveMinutes.Text;

    /// <summary>The stage goes no further than this from 0 in X and Y, in µm. A real stage reaches 1000; the layout of tables without stage positions is wider.</summary>
    public double StageLimitUm { get; init; } = 10_000;

    /// <summary>Longest image shift in µm; SerialEM's usual limit.</summary>
    public double ImageShiftLimitUm { get; init; } = 15;

    /// <summary>Where the beam starts, and how it reacts to the deflectors.</summary>
    public int BeamSeed { get; init; }

    /// <summary>What is wrong with the deflectors.</summary>
    public BeamFault BeamFault { get; init; }
}
