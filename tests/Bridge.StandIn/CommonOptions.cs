using System.CommandLine;
using Bridge.Contracts;
using Bridge.StandIn.Commands;
using Bridge.StandIn.Language;

namespace Bridge.StandIn;

/// <summary>What several commands of the program take.</summary>
internal static class CommonOptions
{
    private const string ListName = "serialem-commands.tsv";

    public static Option<string?> Commands() => new("--commands")
    {
        Description = $"SerialEM's list of commands ({ListName}); without it ../shared/facts above this folder is looked at, and without that only simulated commands are known",
    };

    public static Option<string[]> Scripts() => new("--script")
    {
        Description = "another script file to load, for scripts and functions that are called; may be given several times",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <exception cref="ContractException">The list cannot be read.</exception>
    public static CommandTable ReadCommands(string? path)
    {
        path ??= FindList();
        return path is null ? CommandTable.Simulated : CommandTable.Read(path);
    }

    /// <summary>Loads a script file and returns its first script.</summary>
    /// <exception cref="ContractException">It cannot be read, or holds no script.</exception>
    public static Script Load(ScriptLibrary library, string path)
        => library.Load(path).FirstOrDefault() ?? throw new ContractException(FaultCode.UnreadableFile, $"{path}: there is no script in this file");

    /// <summary>The list beside the repository, from the current folder or the program's.</summary>
    private static string? FindList()
    {
        foreach (string start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "shared", "facts", ListName);
                if (File.Exists(path))
                    return path;
            }
        }
        return null;
    }
}
