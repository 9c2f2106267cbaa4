namespace Bridge.Contracts;

/// <summary>Names that a client chooses: session ids and request ids.</summary>
public static class Ids
{
    /// <summary>The rule in words, for refusals.</summary>
    public const string Rule = "1 to 64 of letters, digits, '.', '_' and '-', not starting with a dot";

    // ASCII only and no separators: an id is also the name of a journal file.
    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsValid(ReadOnlySpan<char> id)
        => id.Length is > 0 and <= Protocol.MaxIdLength && id[0] != '.' && id.IndexOfAnyExcept(Allowed) < 0;

    /// <summary>A new random id of 32 hexadecimal digits.</summary>
    public static string New() => Guid.NewGuid().ToString("N");
}
