using System.Globalization;
using Bridge.AgentHost.Logging;

namespace Bridge.AgentHost.Doctor;

/// <summary>What <c>host.log</c> says of the last days, in a line: how often something went wrong, and what it was the last time.</summary>
internal static class LogCheck
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(2);

    private static readonly string[] Bad = ["Warning", "Error", "Critical"];

    public static Finding Run(string dataFolder, DateTimeOffset now)
    {
        int[] counts = new int[Bad.Length];
        string? last = null;
        try
        {
            foreach (string path in new[] { $"{FileLoggerProvider.Name}.1.log", $"{FileLoggerProvider.Name}.log" }.Select(name => Path.Combine(dataFolder, name)).Where(File.Exists))
            {
                using var reader = new StreamReader(File.Open(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete }));
                while (reader.ReadLine() is { } line)
                {
                    // Time, level, number, sentence.
                    string[] parts = line.Split(' ', 3);
                    int level = parts.Length == 3 ? Array.IndexOf(Bad, parts[1]) : -1;
                    if (level < 0 || !DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) || now - at > Recent)
                        continue;
                    counts[level]++;
                    last = line;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("log", Health.Note, $"{FileLoggerProvider.Name}.log in {dataFolder} cannot be read: {e.Message}");
        }
        return last is null
            ? new("log", Health.Ok, $"nothing went wrong in the last {Recent.TotalDays:0} days")
            : new("log", Health.Note, $"in the last {Recent.TotalDays:0} days {counts[1] + counts[2]} errors and {counts[0]} warnings; the last: {last}");
    }
}
