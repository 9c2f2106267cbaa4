using System.Buffers.Binary;

namespace Bridge.SerialEM;

/// <summary>
/// The program that loaded the plugin. A SerialEM that was built before texts could come back (2024-03, mastcu/SerialEM, PluginManager.cpp)
/// calls <c>Explain</c> without its last argument: what stands in that place is garbage, and writing through it would damage SerialEM.
/// </summary>
internal static class LoadingProgram
{
    /// <summary>First build that is trusted to take texts; the macros ask <c>IsVersionAtLeast</c> for the same day.</summary>
    private static readonly DateTimeOffset FirstBuild = new(2024, 4, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Where a Windows program says at which offset its header begins.</summary>
    private const int HeaderPlace = 0x3c;

    /// <summary>Seconds since 1970 of the build, behind the header's four-byte mark and two short numbers.</summary>
    private const int TimeInHeader = 8;

    private static readonly Lazy<bool> Takes = new(static () => TakesTextsFrom(Environment.ProcessPath));

    /// <summary>False in a SerialEM that is too old.</summary>
    public static bool TakesTexts => Takes.Value;

    /// <param name="path">The program. One that is not called SerialEM… is somebody's own and takes texts.</param>
    internal static bool TakesTextsFrom(string? path)
    {
        if (path is null || !Path.GetFileName(path).StartsWith("SerialEM", StringComparison.Ordinal))
            return true;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> number = stackalloc byte[4];
            return RandomAccess.Read(file, number, HeaderPlace) == 4
                && RandomAccess.Read(file, number, BinaryPrimitives.ReadUInt32LittleEndian(number) + TimeInHeader) == 4
                && DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32LittleEndian(number)) >= FirstBuild;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;  // its age is not known: a code without its sentence does no harm
        }
    }
}
