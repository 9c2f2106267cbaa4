namespace Bridge.StandIn.Language;

/// <summary>The <c>[2]</c> or <c>[$i+1][3]</c> behind a variable's name; variables in it are substituted already, from the back.</summary>
/// <param name="First">What is between the first brackets; null if there are none.</param>
/// <param name="Second">What is between the second brackets, or null.</param>
/// <param name="End">Position behind the last bracket.</param>
internal readonly record struct Subscripts(string? First, string? Second, int End)
{
    /// <exception cref="ScriptFault">The brackets do not match.</exception>
    public static Subscripts At(string item, int at)
    {
        if (at >= item.Length || item[at] != '[')
            return new Subscripts(null, null, at);
        string first = Between(item, at, out int end);
        if (end >= item.Length || item[end] != '[')
            return new Subscripts(first, null, end);
        string second = Between(item, end, out int secondEnd);
        return new Subscripts(first, second, secondEnd);
    }

    /// <summary>The number that a subscript means.</summary>
    /// <exception cref="ScriptFault">It is no whole number from 1 to <paramref name="count"/>.</exception>
    public static int Index(string subscript, int count, string variable)
    {
        if (subscript.Length == 0)
            throw new ScriptFault($"the array index of variable {variable} is empty");
        string text = subscript.AsSpan().IndexOfAny("()+-*/") >= 0 ? Arithmetic.OfSubscript(subscript) : subscript;
        if (!Numbers.TryParse(text, out double value))
            throw new ScriptFault($"the array index '{text}' of variable {variable} is not a number");
        int index = Numbers.Nearest(value);
        if (Math.Abs(index - value) > 0.001)
            throw new ScriptFault($"the array index {text} of variable {variable} is not close to a whole number");
        return index >= 1 && index <= count
            ? index
            : throw new ScriptFault($"the array index {index} is out of range for variable {variable}, which has {count} elements");
    }

    private static string Between(string item, int open, out int end)
    {
        int close = item.IndexOf(']', open);
        if (close < 0)
            throw new ScriptFault("a [ has no ] (no blanks are allowed between them)");
        if (item.LastIndexOf('[', close) != open)
            throw new ScriptFault("a [ follows a [ before the ]");
        end = close + 1;
        return item[(open + 1)..close];
    }
}
