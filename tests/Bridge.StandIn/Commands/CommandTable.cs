using System.Globalization;
using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Files;

namespace Bridge.StandIn.Commands;

/// <summary>
/// The commands by name, in any case: those that are simulated here, and with a list of SerialEM's commands (tab-separated: command, min_args,
/// flags, python, arg_types) all others too, so that a script is checked against what SerialEM knows.
/// </summary>
internal sealed class CommandTable
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int ArithmeticAllowed = 1, ArithmeticDenied = 2;

    private readonly Dictionary<string, CommandInfo> _commands = new(StringComparer.OrdinalIgnoreCase);

    private CommandTable()
    {
        foreach (CommandInfo command in SimulatedCommands.All)
            _commands.Add(command.Name, command);
    }

    public IReadOnlyCollection<CommandInfo> All => _commands.Values;

    /// <summary>True if SerialEM's own list was read, so that an unknown name is really unknown.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Only what is simulated.</summary>
    public static CommandTable Simulated { get; } = new();

    public CommandInfo? Find(string name) => _commands.GetValueOrDefault(name);

    /// <exception cref="ContractException">The file cannot be read or is no such list; the message names the line.</exception>
    public static CommandTable Read(string path)
    {
        string[] lines = Encoding.UTF8.GetString(InputFile.ReadAllBytes(path, "list of commands", MaxBytes)).Split('\n');
        var table = new CommandTable { IsWhole = true };
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0)
                continue;
            string[] fields = line.Split('\t');
            if (fields.Length < 4 || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int least)
                || !int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out int flags))
            {
                throw new ContractException(FaultCode.UnreadableFile, $"{path} line {i + 1}: this is no row of command, min_args, flags, python, arg_types; give serialem-commands.tsv");
            }
            string name = fields[0];
            bool arithmetic = (flags & ArithmeticAllowed) != 0 || (IsSetter(name) && (flags & ArithmeticDenied) == 0);
            table._commands[name] = new CommandInfo(name, least, arithmetic, fields.Length > 4 ? fields[4] : "", table.Find(name)?.Handler);
        }
        return table.All.Count > 100 ? table : throw new ContractException(FaultCode.UnreadableFile, $"{path}: the list is too short to be SerialEM's; give serialem-commands.tsv");
    }

    /// <summary>Commands that begin with Set take arithmetic unless the list says otherwise.</summary>
    public static bool IsSetter(string name) => name.StartsWith("Set", StringComparison.OrdinalIgnoreCase);
}
