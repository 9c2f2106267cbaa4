using System.ComponentModel.DataAnnotations;
using System.Net;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>Accepts <c>tcp://ADDRESS:PORT</c> where the address is loopback: an open port on a microscope PC is nobody's wish.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LoopbackEndpointAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is string text && IsLoopback(text);

    public override string FormatErrorMessage(string name)
        => $"{name} must be a loopback address such as tcp://127.0.0.1:48950 (port 0 takes a free one); Bridge does not listen to the network.";

    /// <exception cref="ContractException">The option's value is no loopback address.</exception>
    public static void Check(string option, string endpoint)
    {
        if (!IsLoopback(endpoint))
            throw new ContractException(FaultCode.BadField, new LoopbackEndpointAttribute().FormatErrorMessage(option));
    }

    private static bool IsLoopback(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri.Scheme == "tcp"
            && uri.Port is >= 0 and <= 65535
            && uri.PathAndQuery is "" or "/"
            && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address)));
}
