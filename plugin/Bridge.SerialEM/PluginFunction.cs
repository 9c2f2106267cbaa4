namespace Bridge.SerialEM;

/// <summary>One function that a script can call, as SerialEM and people need to know it.</summary>
/// <param name="Name">Its name in a script, and the name of the export.</param>
/// <param name="NumInts">Whole-number arguments, 0 to 3.</param>
/// <param name="NumDoubles">Number arguments, 0 to 6; results instead if <paramref name="IfString"/> is negative.</param>
/// <param name="IfString">0 no text, 1 text in, 2 text in and out, -1 the numbers are results.</param>
/// <param name="Arguments">Names and units of the arguments in their order, the text last.</param>
/// <param name="Returns">What the return value (RepVal1) means when it is positive.</param>
/// <param name="Results">Names and units of the results from RepVal2 on.</param>
/// <param name="Help">What it does, in a sentence or two.</param>
public sealed record PluginFunction(
    string Name,
    int NumInts,
    int NumDoubles,
    int IfString,
    IReadOnlyList<string> Arguments,
    string Returns,
    IReadOnlyList<string> Results,
    string Help)
{
    /// <summary>The method behind it; the table gives one to every function.</summary>
    internal FunctionBody Body { get; init; } = null!;

    /// <summary>Numbers that it takes from the script.</summary>
    public int DoublesIn => IfString < 0 ? 0 : NumDoubles;

    /// <summary>Numbers that it gives to the script beside its return value.</summary>
    public int DoublesOut => IfString < 0 ? NumDoubles : 0;

    /// <summary>How a script calls it.</summary>
    public string Usage => string.Join(' ', ["Plugin", PluginFunctions.PluginName, Name, .. Arguments.Select(argument => "<" + argument + ">")]);
}

/// <summary>Carries out one call. Returns a positive number for success, 0 for pending; a failure is thrown.</summary>
internal delegate double FunctionBody(ScriptSession session, ref FunctionCall call);

/// <summary>Arguments and results of one call; the counts are right when a body sees it.</summary>
internal ref struct FunctionCall
{
    public ReadOnlySpan<int> Ints;
    public ReadOnlySpan<double> Doubles;
    public string Text;
    public Span<double> Outs;
    public string? TextOut;

    /// <summary>Sets the three results.</summary>
    public readonly void Give(double first, double second, double third) => (Outs[0], Outs[1], Outs[2]) = (first, second, third);
}
