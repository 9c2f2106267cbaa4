using System.Globalization;
using System.Security;
using Bridge.Contracts;
using Microsoft.Win32;

namespace Bridge.Client;

/// <summary>What the installer wrote down: plugin and host read it from one place, the registry key <c>HKEY_LOCAL_MACHINE\Software\Bridge</c>
/// (<c>install/bridge.wxs</c>). Where nothing is installed, and on other systems than Windows, the defaults hold.</summary>
public static class Installation
{
    /// <summary>The key, below HKEY_LOCAL_MACHINE.</summary>
    public const string Key = @"Software\Bridge";

    /// <summary>Where the host listens and the plugin looks for it: loopback, at the port chosen at installation or 48950.</summary>
    public static string Endpoint { get; } = EndpointOf(Read("Port"));

    /// <summary>Folder of this user's journals, logs and secret: <c>Bridge</c> in the local application data.</summary>
    public static string DataFolder { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "Bridge");

    /// <summary>The file with this user's secret, which a host makes when it first starts.</summary>
    public static string SecretFile { get; } = SecretFileIn(DataFolder);

    /// <summary>What stands in place of a file's name where no secret is wanted.</summary>
    public const string NoSecret = "none";

    /// <summary>Folder of <c>agent-host.exe</c>, or null if nothing is installed.</summary>
    public static string? ProgramFolder { get; } = Read("ProgramFolder");

    /// <summary>SerialEM's Plugins folder as the installer found it, or null.</summary>
    public static string? PluginFolder { get; } = Read("PluginFolder");

    /// <summary>The file with the secret in a data folder.</summary>
    public static string SecretFileIn(string dataFolder) => Path.Combine(dataFolder, "secret");

    /// <summary>The endpoint for a port as it stands in the registry; the default one if it is no port.</summary>
    internal static string EndpointOf(string? port)
        => int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 65535
            ? string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{number}")
            : Protocol.DefaultEndpoint;

    private static string? Read(string name)
    {
        if (!OperatingSystem.IsWindows())
            return null;
        try
        {
            using RegistryKey? key = Registry.LocalMachine.OpenSubKey(Key);
            return key?.GetValue(name) is string { Length: > 0 } text ? text : null;
        }
        catch (Exception e) when (e is SecurityException or IOException or UnauthorizedAccessException)
        {
            return null;  // then the defaults hold; doctor says what it finds
        }
    }
}
