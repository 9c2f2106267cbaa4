namespace Bridge.Contracts;

/// <summary>The levels of a specimen that can be left. The numbers are what the script function <c>SuggestNextHole</c> returns with "go up a level".</summary>
public enum SpecimenLevel
{
    /// <summary>A medium-magnification view.</summary>
    Patch = 1,

    /// <summary>A grid square.</summary>
    Square = 2,

    /// <summary>A grid-level image.</summary>
    GridImage = 3,
}
