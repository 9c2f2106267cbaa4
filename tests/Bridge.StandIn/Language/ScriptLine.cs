namespace Bridge.StandIn.Language;

/// <summary>One line of a script that is neither blank nor a comment, its continuation lines joined.</summary>
/// <param name="Number">Line in the file where it begins, from 1.</param>
/// <param name="Text">As written.</param>
/// <param name="Items">As <see cref="Tokens.Split"/> without quotes gives them; at least one.</param>
/// <param name="TooMany">True if there are more items than SerialEM takes.</param>
internal sealed record ScriptLine(int Number, string Text, IReadOnlyList<string> Items, bool TooMany)
{
    /// <summary>The first item in capitals: SerialEM's commands and variables do not know case.</summary>
    public string Command { get; } = Items[0].ToUpperInvariant();

    public string Item(int index) => index < Items.Count ? Items[index] : "";

    public bool IsStringAssignment => Item(1) is "@=" or ":@=";

    public bool IsAssignment => IsStringAssignment || Item(1) is "=" or ":=";

    public bool IsLabel => !IsAssignment && Command.EndsWith(':');
}
