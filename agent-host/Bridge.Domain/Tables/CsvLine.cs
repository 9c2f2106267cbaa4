namespace Bridge.Domain.Tables;

/// <summary>The fields of one CSV line. A field may stand in double quotes, with "" for a quote inside (RFC 4180); a line break inside
/// a field is not supported.</summary>
internal static class CsvLine
{
    /// <returns>False if a quote is not closed.</returns>
    public static bool TrySplit(ReadOnlySpan<char> line, List<string> fields)
    {
        fields.Clear();
        while (true)
        {
            int length;
            if (line.Length > 0 && line[0] == '"')
            {
                int close = ClosingQuote(line);
                if (close < 0)
                    return false;
                fields.Add(line[1..close].ToString().Replace("\"\"", "\""));
                length = close + 1;
                if (length < line.Length && line[length] != ',')
                    return false;
            }
            else
            {
                length = line.IndexOf(',') is >= 0 and int comma ? comma : line.Length;
                fields.Add(line[..length].Trim().ToString());
            }
            if (length == line.Length)
                return true;
            line = line[(length + 1)..];
        }
    }

    public static string Quote(string field)
        => field.AsSpan().ContainsAny("\",") || (field.Length > 0 && (char.IsWhiteSpace(field[0]) || char.IsWhiteSpace(field[^1]) || field[0] == '#'))
            ? $"\"{field.Replace("\"", "\"\"")}\""
            : field;

    private static int ClosingQuote(ReadOnlySpan<char> line)
    {
        for (int i = 1; i < line.Length; i++)
        {
            if (line[i] != '"')
                continue;
            if (i + 1 == line.Length || line[i + 1] != '"')
                return i;
            i++;
        }
        return -1;
    }
}
