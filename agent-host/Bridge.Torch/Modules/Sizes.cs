namespace TorchSharp.Modules;

/// <summary>Checks of sizes that modules are made with.</summary>
internal static class Sizes
{
    public static long AtLeast(long least, long size, string what)
        => size >= least ? size : throw new ArgumentOutOfRangeException(nameof(size), size, $"{what} must be at least {least}");

    public static long[] AtLeast(long least, (long, long) size, string what) => [AtLeast(least, size.Item1, what), AtLeast(least, size.Item2, what)];

    /// <summary>Refuses channels that do not fall into groups of one size.</summary>
    public static void CheckGroups(long channels, long groups, string what)
    {
        AtLeast(1, groups, what + ": groups");
        if (AtLeast(1, channels, what + ": channels") % groups != 0)
            throw new ArgumentException($"{what}: {channels} channels do not divide into {groups} groups");
    }
}
