namespace Bridge.AgentHost.Commands;

/// <summary>Reports at once, on the thread that works; <see cref="Progress{T}"/> reports on the thread pool, after the work is done.</summary>
internal sealed class DirectProgress(Action<double> report) : IProgress<double>
{
    public void Report(double value) => report(value);
}
