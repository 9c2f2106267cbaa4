using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>
/// The stage: limits, time and backlash. A move that ends at another hole of a known grid takes the minutes of its level, exposure
/// included, as planners are evaluated; any other move takes its distance at <see cref="UmPerSecond"/>. What a move leaves behind of
/// backlash shows as the difference between <see cref="Position"/> (the encoders') and <see cref="TruePosition"/>.
/// </summary>
internal sealed class Stage(StandInOptions options, SimulatedClock clock, Specimen? specimen)
{
    public const double UmPerSecond = 20;
    public const double SettleSeconds = 1;
    public const double BacklashUm = 0.15;

    private double _busyUntil;
    private double _slackX, _slackY;

    /// <summary>In µm, as the stage reports it.</summary>
    public StageUm Position { get; private set; }

    /// <summary>In µm, where the specimen really is.</summary>
    public StageUm TruePosition => Position with { X = Position.X - _slackX, Y = Position.Y - _slackY };

    public double TiltDegrees { get; private set; }

    /// <summary>Position among the grid's holes of the last hole the stage was at, or -1.</summary>
    public int Hole { get; private set; } = -1;

    public bool IsBusy => clock.Minutes < _busyUntil;

    /// <summary>Number of moves so far.</summary>
    public int Moves { get; private set; }

    /// <summary>Moves and waits until it is there.</summary>
    /// <param name="correctsBacklash">Comes from the side from which there is none, as the Navigator does.</param>
    /// <exception cref="ScriptFault">Outside the limits.</exception>
    public void MoveTo(StageUm target, bool correctsBacklash = false)
    {
        WaitUntilReady();
        clock.Advance(Begin(target, correctsBacklash));
    }

    /// <summary>Begins a move; the script goes on meanwhile.</summary>
    /// <exception cref="ScriptFault">Outside the limits.</exception>
    public void BeginMoveTo(StageUm target)
    {
        WaitUntilReady();
        _busyUntil = clock.Minutes + Begin(target, correctsBacklash: false);
    }

    public void WaitUntilReady()
    {
        if (IsBusy)
            clock.Advance(_busyUntil - clock.Minutes);
    }

    /// <exception cref="ScriptFault">Beyond 75 degrees.</exception>
    public void TiltTo(double degrees)
    {
        if (!(Math.Abs(degrees) <= 75))
            throw new ScriptFault($"the tilt {degrees} is beyond the limit of 75 degrees");
        WaitUntilReady();
        clock.Advance((SettleSeconds + Math.Abs(degrees - TiltDegrees) / 5) / 60);
        TiltDegrees = degrees;
    }

    /// <summary>Takes the backlash out without going elsewhere.</summary>
    public void AdjustBacklash() => (_slackX, _slackY) = (0, 0);

    /// <summary>Puts the stage at a hole without time, before a session begins.</summary>
    public void StartAt(Hole hole) => (Position, Hole) = (hole.Stage, hole.Index);

    private double Begin(StageUm target, bool correctsBacklash)
    {
        if (!(Math.Abs(target.X) <= options.StageLimitUm && Math.Abs(target.Y) <= options.StageLimitUm && Math.Abs(target.Z) <= 500))
            throw new ScriptFault(FormattableString.Invariant($"the stage position {target.X:0.##} {target.Y:0.##} {target.Z:0.##} is outside the limits of ±{options.StageLimitUm} µm (Z ±500)"));
        Moves++;
        double minutes = (SettleSeconds + Position.DistanceTo(target) / UmPerSecond) / 60;
        int hole = specimen?.HoleAt(target) ?? -1;
        if (hole >= 0)
        {
            // The rest of a visit to the same hole is in its minutes already.
            minutes = hole == Hole ? 0 : Hole < 0 ? options.Minutes.OtherGridImage
                : options.Minutes[specimen!.Grid.LevelBetween(specimen.Grid.Holes[Hole].Patch, specimen.Grid.Holes[hole].Patch)];
            Hole = hole;
        }
        if (correctsBacklash)
            AdjustBacklash();
        else
            (_slackX, _slackY) = (Slack(target.X - Position.X, _slackX), Slack(target.Y - Position.Y, _slackY));
        Position = target;
        return minutes;
    }

    /// <summary>Moving up takes the gears to one side, moving down to the other; a step shorter than the play takes them part of the way.</summary>
    private static double Slack(double step, double slack) => Math.Clamp(slack + step, 0, BacklashUm);
}
