namespace Bridge.Agents.Alignment;

/// <summary>What is known in an alignment: the shift that was handed out last, and where the beam was seen.</summary>
public sealed class AlignmentState(AlignmentSettings settings)
{
    public AlignmentSettings Settings { get; } = settings;

    /// <summary>The shift handed out last, from the starting value.</summary>
    public Xy Shift { get; private set; }

    /// <summary>Shifts handed out so far; to take one more picture is none.</summary>
    public int Steps { get; private set; }

    /// <summary>Pictures taken so far, those that were late included.</summary>
    public int Pictures { get; private set; }

    /// <summary>Who chose it, where the policy says so.</summary>
    public string? By { get; private set; }

    /// <summary>True until the beam is observed under the shift handed out last.</summary>
    public bool AwaitsBeam { get; private set; } = true;

    /// <summary>Where the beam was seen last; null if it never was.</summary>
    public Xy? Seen { get; private set; }

    /// <summary>The shift under which it was seen last.</summary>
    public Xy SeenAt { get; private set; }

    /// <summary>Where the beam was seen before the last observation, and under which shift; null if it never was.</summary>
    public (Xy? Beam, Xy Shift) SeenBefore { get; private set; }

    /// <summary>True if the last observation found no beam.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Observations without a beam so far.</summary>
    public int Lost { get; private set; }

    /// <summary>Change of the shift between the last two positions that were seen; 0 before there are two.</summary>
    public Xy LastMove { get; private set; }

    /// <summary>Displacement of the beam that went with it, in px.</summary>
    public Xy LastDisplacement { get; private set; }

    /// <summary>From the beam as last seen to the goal, in px; null if it was never seen.</summary>
    public double? Distance => Seen is { } seen ? (Settings.Goal - seen).Length : null;

    /// <summary>A picture was taken that does not show the last shift yet.</summary>
    public void PassOver()
    {
        AwaitsBeam = false;
        Pictures++;
    }

    /// <summary>The beam was measured.</summary>
    /// <param name="beam">Its position; null if none was found.</param>
    public void Observe(Xy? beam)
    {
        AwaitsBeam = false;
        Pictures++;
        IsLost = beam is null;
        SeenBefore = (Seen, SeenAt);
        (LastMove, LastDisplacement) = (default, default);
        if (beam is not { } now)
        {
            Lost++;
            return;
        }
        if (Seen is { } before)
            (LastMove, LastDisplacement) = (Shift - SeenAt, now - before);
        (Seen, SeenAt) = (now, Shift);
    }

    /// <summary>A shift was handed out.</summary>
    public void HandOut(AlignmentResult.Move move)
    {
        (Shift, By, AwaitsBeam) = (move.Shift, move.By, true);
        Steps++;
    }

    /// <summary>Another picture was asked for, under the same shift.</summary>
    public void HandOutAgain() => AwaitsBeam = true;
}
