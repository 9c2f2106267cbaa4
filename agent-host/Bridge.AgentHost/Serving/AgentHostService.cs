using Bridge.AgentHost.Logging;
using Bridge.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.AgentHost.Serving;

/// <summary>The host's life: resume the sessions, listen, and on the way out let every session finish what it is at.</summary>
public sealed class AgentHostService(
    DataFolder folder,
    SessionRegistry sessions,
    RequestDispatcher dispatcher,
    IOptions<AgentHostOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<AgentHostService> logger) : IHostedService
{
    private static readonly TimeSpan BindTimeout = TimeSpan.FromSeconds(10);

    private readonly string? _secretFile = HostSecret.PathOf(options.Value.SecretFile, folder.Root);
    private SocketThread? _socketThread;
    private ConnectionLog? _connections;

    /// <exception cref="ContractException">The port is taken, or the secret cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (folder.LastHostWasKilled)
            logger.LastHostWasKilled();
        sessions.ResumeAll();
        _connections = new ConnectionLog(logger);
        _socketThread = new SocketThread(dispatcher, options.Value.Endpoint, ReadSecret(), logger);
        string endpoint;
        try
        {
            endpoint = await _socketThread.StartAsync().WaitAsync(BindTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (NetMQ.NetMQException e)
        {
            throw new ContractException(FaultCode.HostUnreachable,
                $"cannot listen on {options.Value.Endpoint}: {e.Message} If another agent-host runs there, use that one, or choose another port: with --endpoint, or if the installer brought this program by installing again with PORT=.", e);
        }
        try
        {
            folder.WriteEndpoint(endpoint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CannotWriteEndpoint(folder.EndpointFile, e.Message);  // a full disk: whoever asks is told so, and it may have room again
        }
        logger.Listening(endpoint, folder.Root);
        if (_secretFile is { } file)
            logger.AsksForSecret(file);
        else
            logger.AsksForNoSecret();
        // Without its socket the host is of no use to anybody: better gone, so that a client starts a new one.
        _ = _socketThread.Ended.ContinueWith(_ => lifetime.StopApplication(), TaskScheduler.Default);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!await sessions.StopAsync(options.Value.StopTimeout).ConfigureAwait(false))
            logger.StoppedLate();
        if (_socketThread is { } thread)
        {
            thread.Stop();
            await Task.WhenAny(thread.Ended, Task.Delay(options.Value.StopTimeout, cancellationToken)).ConfigureAwait(false);
        }
        _connections?.Dispose();
        logger.DidStop();
    }

    private string? ReadSecret() => _secretFile is { } path ? HostSecret.ReadOrMake(path) : null;
}
