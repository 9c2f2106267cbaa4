namespace Bridge.Contracts;

/// <summary>The levels of a specimen that can be a target, from the outside in.</summary>
public enum TargetKind
{
    /// <summary>A grid-level (atlas) image; "grid" in CryoRL's data.</summary>
    GridImage,

    /// <summary>A grid square.</summary>
    Square,

    /// <summary>One medium-magnification view; CryoRL's hole-level image.</summary>
    Patch,

    /// <summary>A hole of the support film (EPU: FoilHole), where an exposure is taken.</summary>
    Hole,
}
