using System.Net;
using System.Net.NetworkInformation;

namespace Bridge.Client;

/// <summary>
/// Who listens on this computer, from the system's own table. A connection attempt would tell it as well, but Windows reports a refused one
/// only after 2 s, on the loopback too (libuv pull request 2896).
/// </summary>
public static class LocalListeners
{
    /// <summary>Does certainly nobody listen there?</summary>
    /// <param name="endpoint">An endpoint as <see cref="BridgeClientOptions.Endpoint"/> has it.</param>
    /// <returns>False if somebody listens at the port, at whatever address, and where it cannot be known: another computer, no such table.</returns>
    public static bool AreNoneAt(string endpoint)
    {
        if (BridgeClientOptions.ParseEndpoint(endpoint) is not { } sought || !IPAddress.IsLoopback(sought.Address))
            return false;
        try
        {
            return !Array.Exists(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), listener => listener.Port == sought.Port);
        }
        catch (Exception e) when (e is NetworkInformationException or IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return false;  // then the host is started when it counts as away
        }
    }
}
