using Bridge.Client;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Logging;

/// <summary>Writes what the host logs into <c>host.log</c> in its data folder, besides the console: a host that the plugin or the log-on starts has none.
/// Two files of 512 kB at most (<see cref="RolledLog"/>).</summary>
[ProviderAlias("File")]
public sealed class FileLoggerProvider(string folder) : ILoggerProvider
{
    /// <summary>Name of the file, without its ending.</summary>
    public const string Name = "host";

    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(2);

    private readonly RolledLog _log = new(folder, Name);

    public ILogger CreateLogger(string categoryName) => new FileLogger(_log);

    /// <summary>Waits, two seconds at most, until everything is in the file.</summary>
    public void Dispose() => _log.Flush(FlushLimit);

    private sealed class FileLogger(RolledLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => log.Write($"{logLevel} {eventId.Id} {formatter(state, exception)}{(exception is null ? "" : " " + exception)}");
    }
}
