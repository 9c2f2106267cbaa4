namespace Bridge.StandIn.Language;

/// <summary>One variable. An array's elements are the lines of its value; a 2-D array has rows, each an array.</summary>
internal sealed class Variable(string name, VariableKind kind)
{
    /// <summary>In capitals.</summary>
    public string Name { get; } = name;

    public VariableKind Kind { get; set; } = kind;

    public string Value { get; set; } = "";

    /// <summary>The rows of a 2-D array; null for anything else.</summary>
    public List<string>? Rows { get; set; }

    /// <summary>Number of elements of an array; 1 for a plain value.</summary>
    public static int Count(string value) => value.AsSpan().Count('\n') + 1;

    /// <summary>Where an element begins and ends.</summary>
    /// <param name="index">From 1 to <see cref="Count"/>.</param>
    public static Range Element(string value, int index)
    {
        int begin = 0;
        for (int i = 1; i < index; i++)
            begin = value.IndexOf('\n', begin) + 1;
        int end = value.IndexOf('\n', begin);
        return begin..(end < 0 ? value.Length : end);
    }
}
