using System.Globalization;

namespace Bridge.StandIn.Language;

/// <summary>Numbers as SerialEM reads and writes them: C's strtod, atof and atoi, and %f without trailing zeros.</summary>
internal static class Numbers
{
    /// <summary>True if the whole text is one number.</summary>
    public static bool TryParse(string text, out double value)
    {
        value = 0;
        // Also keeps out what .NET accepts and C does not: blanks at the end, "Infinity".
        return text.Length > 0 && text.AsSpan().IndexOfAnyExcept("0123456789+-.eE") < 0
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The number that a text begins with, or 0.</summary>
    public static double Leading(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart();
        int end = rest.IndexOfAnyExcept("0123456789+-.eE");
        for (int length = Math.Min(end < 0 ? rest.Length : end, 40); length > 0; length--)
        {
            if (double.TryParse(rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                return value;
        }
        return 0;
    }

    /// <summary>The whole number that a text begins with, or 0; hexadecimal after <c>0x</c>.</summary>
    public static int LeadingInteger(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            int digits = text.AsSpan(2).IndexOfAnyExcept("0123456789abcdefABCDEF");
            ReadOnlySpan<char> hex = digits < 0 ? text.AsSpan(2) : text.AsSpan(2, digits);
            return int.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int value) ? value : 0;
        }
        int length = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
            length++;
        return long.TryParse(text.AsSpan(0, Math.Min(length, 18)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
            : 0;
    }

    public static int Nearest(double value) => double.IsNaN(value) ? 0 : (int)Math.Clamp(Math.Floor(value + 0.5), int.MinValue, int.MaxValue);

    /// <summary>Six decimals at most: so much and no more is kept of every result.</summary>
    public static string Format(double value)
    {
        string text = value.ToString("F6", CultureInfo.InvariantCulture);
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
