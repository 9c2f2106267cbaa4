namespace Bridge.Agents.Alignment;

/// <summary>
/// Whether a picture shows what the last change of the shift did. Cameras and lenses are late: the beam may be seen as it was some frames ago. How many
/// is found out at the first change that is seen late; from then on so many pictures are passed over after each change.
/// </summary>
/// <param name="visiblePx">A beam that has moved by less may not have moved at all.</param>
public sealed class PictureLatency(double visiblePx)
{
    /// <summary>Pictures that are looked at again, in all, to find out whether the beam moves late or not at all.</summary>
    public const int MostLooks = 3;

    private int _frames, _looks;
    private bool _changed;

    /// <summary>Pictures after a change that do not show it yet; null as long as no change was seen.</summary>
    public int? Frames { get; private set; }

    /// <summary>A shift was handed out.</summary>
    /// <param name="differs">From the one before.</param>
    public void HandOut(bool differs)
    {
        _changed |= differs;
        _frames = differs ? 0 : _frames;
    }

    /// <summary>A picture was taken.</summary>
    /// <param name="beam">Where the beam is in it; null if it was not found.</param>
    /// <param name="before">Where it was when it was last believed; null if it never was.</param>
    /// <param name="isBack">The shift is where it was then.</param>
    /// <returns>True if the picture shows what the last change did; false if it must be looked at again.</returns>
    public bool Shows(Xy? beam, Xy? before, bool isBack)
    {
        if (!_changed)
            return true;
        _frames++;
        if (Frames is { } late)
            return _frames > late;
        if (before is not { } last || isBack)
            return true;
        if (beam is { } now && (now - last).Length <= visiblePx)
            return ++_looks > MostLooks; // as if it did not move at all
        Frames = _frames - 1;
        return true;
    }
}
