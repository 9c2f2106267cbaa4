namespace Bridge.StandIn.Plugins;

/// <summary>A function as its plugin declares it to SerialEM.</summary>
/// <param name="NumInts">Whole numbers in.</param>
/// <param name="NumDbls">Numbers in, or out if <paramref name="IfString"/> is negative.</param>
/// <param name="IfString">0 none, 1 text in, 2 text in and out, -1 the numbers are outputs.</param>
internal sealed record PluginSignature(string Name, int NumInts, int NumDbls, int IfString)
{
    public int DoublesIn => IfString < 0 ? 0 : NumDbls;

    public int DoublesOut => IfString < 0 ? NumDbls : 0;

    /// <summary>Entries that a script must give behind the function's name.</summary>
    public int Entries => Math.Max(NumInts, DoublesIn) + (IfString > 0 ? 1 : 0);

    /// <summary>
    /// One of the forms that SerialEM can call: no argument; 1-7 doubles; 1-3 ints; 0-6 doubles or 1-3 ints with a text; 1-3 doubles out; 1 int
    /// and 3 doubles out; 3 doubles with a text in and a text out.
    /// </summary>
    public bool IsCallable => IfString switch
    {
        < 0 => NumDbls is >= 1 and <= 3 && (NumInts == 0 || (NumInts == 1 && NumDbls == 3)),
        0 => NumInts >= 0 && NumDbls >= 0 && (NumInts == 0 ? NumDbls <= 7 : NumInts <= 3 && NumDbls == 0),
        1 => NumInts >= 0 && NumDbls >= 0 && (NumInts == 0 ? NumDbls <= 6 : NumInts <= 3 && NumDbls == 0),
        _ => NumInts == 0 && NumDbls == 3,
    };

    public override string ToString()
        => $"{Name}({string.Join(", ", [.. Enumerable.Repeat("int", NumInts), .. Enumerable.Repeat(IfString < 0 ? "[out]double" : "double", NumDbls), .. Enumerable.Repeat("string", IfString > 0 ? 1 : 0)])})";
}
