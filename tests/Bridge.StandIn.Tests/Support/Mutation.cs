namespace Bridge.StandIn.Tests.Support;

/// <summary>Damages a text: letters changed, lines lost, doubled and swapped, odd tokens put in.</summary>
internal static class Mutation
{
    private static readonly string[] s_tokens = ["$", "$#", "[", "]", "{", "}", "(", ")", "\\\n", "EndLoop", "EndIf", "Loop 3 i", "= 1", ":=", "@=", "$RepVal1", "::", "/*", "*/", "1e999", "-", "#", "'", "\t", "Function F 9 9", "Catch", "Try", "\u00e9", "99999999999"];

    public static string Of(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        int changes = random.Next(1, 8);
        for (int i = 0; i < changes && lines.Count > 0; i++)
        {
            int at = random.Next(lines.Count);
            string line = lines[at], token = s_tokens[random.Next(s_tokens.Length)];
            switch (random.Next(6))
            {
                case 0: lines.RemoveAt(at); break;
                case 1: lines.Insert(at, line); break;
                case 2: (lines[at], lines[random.Next(lines.Count)]) = (lines[random.Next(lines.Count)], line); break;
                case 3: lines[at] = line.Insert(random.Next(line.Length + 1), token); break;
                case 4: lines.Insert(at, token); break;
                default: lines[at] = line.Length == 0 ? token : line.Remove(random.Next(line.Length), 1); break;
            }
        }
        return string.Join('\n', lines);
    }
}
