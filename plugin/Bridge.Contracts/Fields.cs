using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>
/// Reads the fields of one JSON object, each with its type and range, and keeps what nobody asked for, so that a message passes on
/// fields of a newer version. Every refusal names the message, the field, what was expected and what came.
/// </summary>
public sealed class Fields(string owner, JObject json)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>A text of at most <paramref name="maxLength"/> characters; a missing or empty one is refused.</summary>
    public string Text(string name, int maxLength = 1024)
        => OptionalText(name, maxLength) is { Length: > 0 } text ? text : throw Bad(name, "a text that is not empty");

    public string? OptionalText(string name, int maxLength = 1024)
    {
        if (Token(name) is not { } token)
            return null;
        string? text = token.Type == JTokenType.String ? (string?)token : null;
        return text is not null && text.Length <= maxLength ? text : throw Bad(name, $"a text of at most {maxLength} characters");
    }

    /// <summary>An id: 1 to 64 of letters, digits, '.', '_' and '-', not starting with a dot, so that it is a safe file name too.</summary>
    public string Id(string name) => Ids.IsValid(Text(name)) ? Text(name) : throw Bad(name, Ids.Rule);

    public double Number(string name, double min, double max)
        => OptionalNumber(name, min, max) ?? throw Bad(name, $"a number from {Format(min)} to {Format(max)}");

    public double? OptionalNumber(string name, double min, double max)
    {
        if (Token(name) is not { } token)
            return null;
        double? value = AsNumber(token);
        return value >= min && value <= max ? value : throw Bad(name, $"a number from {Format(min)} to {Format(max)}");
    }

    public int Integer(string name, int min, int max)
        => OptionalInteger(name, min, max) ?? throw Bad(name, $"a whole number from {min} to {max}");

    public int? OptionalInteger(string name, int min, int max)
    {
        if (Token(name) is not { } token)
            return null;
        // A script engine that knows only doubles sends 37.0.
        double? value = AsNumber(token);
        return value >= min && value <= max && value == Math.Floor(value.Value) ? (int)value : throw Bad(name, $"a whole number from {min} to {max}");
    }

    public bool OptionalFlag(string name)
        => Token(name) switch
        {
            null => false,
            { Type: JTokenType.Boolean } token => (bool)token,
            _ => throw Bad(name, "true or false"),
        };

    /// <summary>One of the names in <paramref name="names"/>; the position in it is returned.</summary>
    public int OneOf(string name, IReadOnlyList<string> names)
    {
        string? text = OptionalText(name, 64);
        for (int i = 0; i < names.Count; i++)
        {
            if (text == names[i])
                return i;
        }
        throw Bad(name, $"one of {string.Join(", ", names)}");
    }

    public JArray? OptionalArray(string name, int maxCount)
        => Token(name) switch
        {
            null => null,
            JArray array when array.Count <= maxCount => array,
            JArray array => throw new ContractException(FaultCode.TooLarge, $"{owner}: '{name}' has {array.Count} entries, the limit is {maxCount}"),
            _ => throw Bad(name, "a list"),
        };

    /// <summary>A list of finite numbers, empty if it is missing; as a list of tokens, or in one token (<see cref="PlacesReader"/>, <see cref="PlacesToken"/>).</summary>
    internal ReadOnlySpan<double> Numbers(string name, int maxCount)
    {
        ReadOnlySpan<double> numbers = Token(name) is JValue { Value: byte[] bytes }
            ? PlacesReader.Numbers(bytes)
            : (OptionalArray(name, maxCount) ?? []).Select(token => AsNumber(token) ?? double.NaN).ToArray();
        if (numbers.Length > maxCount)
            throw new ContractException(FaultCode.TooLarge, $"{owner}: '{name}' has more than {maxCount} entries, the limit");
        foreach (double number in numbers)
        {
            if (!double.IsFinite(number))
                throw new ContractException(FaultCode.BadField, $"{owner}: '{name}' must be a list of numbers, but something else is in it");
        }
        return numbers;
    }

    public JObject? OptionalObject(string name) => Token(name) switch
    {
        null => null,
        JObject value => value,
        _ => throw Bad(name, "an object"),
    };

    /// <summary>What no call above asked for, or null if nothing is left: to be kept and passed on.</summary>
    /// <exception cref="ContractException">A number in it is none, or beyond the range of a double (1e999): it could not be passed on as it is.</exception>
    public JObject? Rest()
    {
        JObject? rest = null;
        foreach (JProperty property in json.Properties())
        {
            if (_read.Contains(property.Name))
                continue;
            if (!IsFinite(property.Value))
                throw Bad(property.Name, "without numbers beyond the range of a double");
            (rest ??= [])[property.Name] = property.Value.DeepClone();
        }
        return rest;
    }

    public ContractException Bad(string name, string expected)
    {
        string got = json.TryGetValue(name, StringComparison.Ordinal, out JToken? token) ? Shorten(token.ToString(Formatting.None)) : "nothing";
        return new ContractException(FaultCode.BadField, $"{owner}: '{name}' must be {expected}, got {got}");
    }

    /// <summary>Bounded: nothing is nested deeper than <see cref="Protocol.MaxJsonDepth"/>.</summary>
    private static bool IsFinite(JToken token) => token switch
    {
        JValue { Value: double number } => double.IsFinite(number),
        JContainer container => container.All(IsFinite),
        _ => true,
    };

    private JToken? Token(string name)
    {
        _read.Add(name);
        return json.TryGetValue(name, StringComparison.Ordinal, out JToken? token) && token.Type != JTokenType.Null ? token : null;
    }

    private static double? AsNumber(JToken token) => (token as JValue)?.Value switch
    {
        double value => value,
        long value => value,
        _ => null,  // no number, or one of more than 64 bits
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Format(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
