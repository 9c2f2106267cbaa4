using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>Where tables and bars go: a person's terminal, or a file that wants neither colours nor a guess at its width.</summary>
internal static class Terminal
{
    private const int FileWidth = 140;

    public static IAnsiConsole Out { get; } = Create();

    /// <summary>True if a person watches.</summary>
    public static bool IsWatched => !Console.IsOutputRedirected && Out.Profile.Capabilities.Interactive;

    private static IAnsiConsole Create()
    {
        bool file = Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = file ? AnsiSupport.No : AnsiSupport.Detect });
        if (file)
            console.Profile.Width = FileWidth;
        return console;
    }
}
