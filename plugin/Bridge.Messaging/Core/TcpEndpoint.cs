using System.Globalization;
using System.Net;

namespace NetMQ.Core;

/// <summary>An address such as <c>tcp://127.0.0.1:48950</c>.</summary>
internal static class TcpEndpoint
{
    private const string Scheme = "tcp://";

    /// <summary>Reads an address; to bind, the host may be <c>*</c> (every interface) and the port <c>*</c> or 0 (any free one).</summary>
    public static IPEndPoint Parse(string address, bool toBind)
    {
        ArgumentNullException.ThrowIfNull(address);
        int colon = address.LastIndexOf(':');
        if (!address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || colon < Scheme.Length)
        {
            throw new InvalidException($"\"{address}\" is not an address of the form tcp://host:port.");
        }
        string host = address[Scheme.Length..colon], portText = address[(colon + 1)..];
        IPAddress? ip = host switch
        {
            "*" when toBind => IPAddress.Any,
            "localhost" => IPAddress.Loopback,   // IPv4, as libzmq and NetMQ bind it; [::1] must be named
            _ => IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? parsed) ? parsed : null,
        };
        if (ip is null)
        {
            throw new InvalidException($"The host in \"{address}\" is not an IP address or localhost{(toBind ? " or *" : "")}; names are not looked up.");
        }
        if (toBind && portText == "*")
        {
            return new IPEndPoint(ip, 0);
        }
        return ushort.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && (toBind || port != 0)
            ? new IPEndPoint(ip, port)
            : throw new InvalidException($"The port in \"{address}\" is not {(toBind ? "0" : "1")} to 65535.");
    }

    public static string Format(EndPoint endpoint) => Scheme + endpoint;
}
