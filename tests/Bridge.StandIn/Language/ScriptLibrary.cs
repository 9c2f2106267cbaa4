using System.Globalization;
using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Files;

namespace Bridge.StandIn.Language;

/// <summary>All scripts that are loaded, numbered from 1 in the order of loading, and how one finds another.</summary>
internal sealed class ScriptLibrary
{
    /// <summary>Largest script file in bytes.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private readonly List<Script> _scripts = [];

    public IReadOnlyList<Script> Scripts => _scripts;

    /// <summary>Loads a file: one script, or a package of several as SerialEM saves them.</summary>
    /// <returns>The scripts of this file.</returns>
    /// <exception cref="ContractException">The file cannot be read or is no text.</exception>
    public IReadOnlyList<Script> Load(string path) => Add(Path.GetFileName(path), Decode(path, InputFile.ReadAllBytes(path, "script", MaxBytes)));

    /// <summary>As <see cref="Load"/>, from text.</summary>
    public IReadOnlyList<Script> Add(string file, string text)
    {
        var added = new List<Script>();
        foreach ((string part, int firstLine) in Parts(text))
            added.Add(new Script(file, _scripts.Count + added.Count + 1, part, firstLine));
        _scripts.AddRange(added);
        return added;
    }

    /// <summary>The script of this number.</summary>
    /// <exception cref="ScriptFault">There is none.</exception>
    public Script Numbered(int number) => number >= 1 && number <= _scripts.Count
        ? _scripts[number - 1]
        : throw new ScriptFault($"there is no script {number}; {_scripts.Count} are loaded (give more with --script)");

    /// <summary>The script of this name; case counts.</summary>
    /// <exception cref="ScriptFault">There is none, or there are two.</exception>
    public Script Named(string name)
    {
        Script[] found = [.. _scripts.Where(script => script.Name == name && name.Length > 0)];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ScriptFault($"no script has the name '{name}'; load it with --script, and mind capitals"),
            _ => throw new ScriptFault($"{found.Length} scripts have the name '{name}'"),
        };
    }

    /// <summary>The function that a <c>CallFunction</c> or <c>OnStopCallFunc</c> line names: in the line's own script first, then in all.</summary>
    /// <param name="line">The whole line, as written.</param>
    /// <param name="from">The script it stands in.</param>
    /// <returns>The function, and the number of the item that holds its first argument.</returns>
    /// <exception cref="ScriptFault">There is none, or it is not clear which.</exception>
    public (ScriptFunction Function, int FirstArgument) Called(string line, Script from)
    {
        List<string> items = Tokens.Split(line, quotes: false, out _);
        int at = items.FindIndex(1, item => item.Contains("::", StringComparison.Ordinal));
        if (at < 0)
        {
            string name = items.Count > 1 ? items[1] : "";
            ScriptFunction[] own = [.. from.Functions.Where(function => function.Name == name)];
            return (One(own.Length > 0 ? own : [.. _scripts.SelectMany(script => script.Functions).Where(function => function.Name == name)], name), 2);
        }
        int colons = items[at].IndexOf("::", StringComparison.Ordinal);
        string function = items[at][(colons + 2)..];
        if (function.Length == 0)
            throw new ScriptFault("there must be a function name after the ::");
        if (colons == 0)
            throw new ScriptFault("there must be a script name or number right before the ::");
        string script = Tokens.After(line[..line.IndexOf("::", StringComparison.Ordinal)], 1);
        Script owner = at == 1 && int.TryParse(script, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Numbered(number) : Named(script);
        return (One([.. owner.Functions.Where(candidate => candidate.Name == function)], function), at + 1);
    }

    private static ScriptFunction One(ScriptFunction[] found, string name) => found.Length switch
    {
        1 => found[0],
        0 => throw new ScriptFault($"no function has the name '{name}'; load its script with --script, and mind capitals"),
        _ => throw new ScriptFault($"{found.Length} functions have the name '{name}'; put the script's name or number and :: before it"),
    };

    /// <summary>A package has <c>Macro 3</c> … <c>EndMacro</c> around each script.</summary>
    private static IEnumerable<(string Text, int FirstLine)> Parts(string text)
    {
        string[] lines = text.Split('\n');
        int first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0 || !(Word(lines[first], 0) is "MaxMacros" or "Macro" && int.TryParse(Word(lines[first], 1), out _)))
        {
            yield return (text, 1);
            yield break;
        }
        int begin = -1;
        for (int i = 0; i < lines.Length; i++)
        {
            if (begin < 0 && Word(lines[i], 0) == "Macro")
            {
                begin = i + 1;
            }
            else if (begin >= 0 && (Word(lines[i], 0) == "EndMacro" || i == lines.Length - 1))
            {
                yield return (string.Join('\n', lines[begin..i]), begin + 1);
                begin = -1;
            }
        }
    }

    private static string Word(string line, int index) => line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries) is { } words && words.Length > index ? words[index] : "";

    private static string Decode(string path, byte[] bytes)
    {
        if (bytes.AsSpan().Contains((byte)0))
            throw new ContractException(FaultCode.UnreadableFile, $"{path}: this is not a script (there are zero bytes in it); give a text file");
        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes;
        return System.Text.Unicode.Utf8.IsValid(content) ? Encoding.UTF8.GetString(content) : Encoding.Latin1.GetString(content);
    }
}
