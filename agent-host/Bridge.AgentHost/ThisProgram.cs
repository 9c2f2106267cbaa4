namespace Bridge.AgentHost;

/// <summary>How to run this program once more: as a program file, or through <c>dotnet</c> if that is how it runs.</summary>
internal static class ThisProgram
{
    /// <summary>The program to start, and the arguments that come before those of <c>agent-host</c>.</summary>
    public static (string Program, string[] Arguments) Command { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? (Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "agent-host.dll")])
        : (Environment.ProcessPath!, []);
}
