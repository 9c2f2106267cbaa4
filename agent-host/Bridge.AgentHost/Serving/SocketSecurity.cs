using Bridge.Contracts;
using NetMQ.Sockets;

namespace Bridge.AgentHost.Serving;

/// <summary>The secret of the handshake (ZMTP PLAIN, user <c>bridge</c>).</summary>
internal static class SocketSecurity
{
    /// <exception cref="ContractException">This build cannot ask for a secret.</exception>
    public static void RequireSecret(RouterSocket socket, string? secret)
    {
        if (secret is null)
            return;
#if USE_NETMQ
        throw new ContractException(FaultCode.Internal, "NetMQ has no PLAIN mechanism: leave Host:SecretFile empty, or use the build without UseNetMQ");
#else
        socket.Options.PlainServer = true;
        socket.Options.PlainUsername = "bridge";
        socket.Options.PlainPassword = secret;
#endif
    }
}
