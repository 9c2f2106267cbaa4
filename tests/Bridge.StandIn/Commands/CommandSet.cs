namespace Bridge.StandIn.Commands;

/// <summary>Collects commands while the groups add theirs.</summary>
internal sealed class CommandSet
{
    private readonly List<CommandInfo> _commands = [];

    public IReadOnlyList<CommandInfo> Commands => _commands;

    /// <param name="names">One or several spellings, separated by blanks.</param>
    /// <param name="minArguments">Entries that must follow.</param>
    /// <param name="arithmetic">Whether entries may be arithmetic; commands that begin with Set always may.</param>
    public void Add(string names, int minArguments, CommandHandler handler, bool? arithmetic = null)
    {
        foreach (string name in names.Split(' '))
            _commands.Add(new CommandInfo(name, minArguments, arithmetic ?? CommandTable.IsSetter(name), "", handler));
    }
}
