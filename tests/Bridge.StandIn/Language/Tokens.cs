namespace Bridge.StandIn.Language;

/// <summary>A line's items: what blanks separate. A <c>#</c> at the start of an item begins a comment.</summary>
internal static class Tokens
{
    /// <summary>Most items on a line, continuation lines included.</summary>
    public const int Most = 60;

    /// <param name="line">The text.</param>
    /// <param name="quotes">Text in single quotes is one item, without the quotes (<c>ParseQuotedStrings</c>).</param>
    /// <param name="tooMany">True if there are more than <see cref="Most"/>; the rest is left out.</param>
    public static List<string> Split(string line, bool quotes, out bool tooMany)
    {
        var items = new List<string>();
        tooMany = false;
        int at = 0;
        while (NextItem(line, ref at, quotes) is { } item)
        {
            if (items.Count == Most)
            {
                tooMany = true;
                break;
            }
            items.Add(item);
        }
        return items;
    }

    /// <summary>The line after its first items, comment and all, blanks trimmed.</summary>
    public static string After(string line, int items)
    {
        int at = 0;
        for (int i = 0; i < items; i++)
        {
            if (NextItem(line, ref at, quotes: false) is null)
                return "";
        }
        return line[at..].Trim();
    }

    /// <summary>A parenthesis is an item of its own for arithmetic: one or more may begin an item, one or more may end it.</summary>
    public static void SeparateParentheses(List<string> items, int from)
    {
        for (int i = from; i < items.Count; i++)
        {
            string item = items[i];
            if (item.Length < 2)
                continue;
            if (item[0] == '(')
            {
                items[i] = "(";
                items.Insert(i + 1, item[1..]);
            }
            else if (item[^1] == ')')
            {
                // From the back, so that the part before the parentheses is looked at once more.
                items[i--] = item[..^1];
                items.Insert(i + 2, ")");
            }
        }
    }

    private static string? NextItem(string line, ref int at, bool quotes)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
            at++;
        if (at == line.Length || line[at] == '#')
        {
            at = line.Length;
            return null;
        }
        int end = EndOf(line, at);
        bool quoted = false;
        if (quotes && line.IndexOf('\'', at, end - at) is >= 0 and int open && open < line.Length - 1 && line.IndexOf('\'', open + 1) is > 0 and int close)
        {
            quoted = true;
            end = EndOf(line, close);
        }
        string item = line[at..end].TrimEnd();
        at = end;
        return quoted ? item.Replace("'", "") : item;
    }

    private static int EndOf(string line, int at) => line.AsSpan(at).IndexOfAny(' ', '\t') is >= 0 and int length ? at + length : line.Length;
}
