using System.Globalization;

namespace Bridge.Agents.Classifier.Calibration;

/// <summary>The calibrations by name.</summary>
public static class Calibrations
{
    private const int MostKnots = 100_000;

    public static IReadOnlyList<string> Names { get; } = [TemperatureScaling.Name, IsotonicCalibration.Name];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such calibration, or no hole.</exception>
    public static ICalibration Fit(string name, ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> good) => name switch
    {
        TemperatureScaling.Name => TemperatureScaling.Fit(logOdds, good),
        IsotonicCalibration.Name => IsotonicCalibration.Fit(logOdds, good),
        _ => throw new ArgumentException($"there is no calibration '{name}'; choose {string.Join(", ", Names)}"),
    };

    /// <summary>Reads what <see cref="ICalibration.ToText"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static ICalibration Parse(string? text)
    {
        string[] words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            if (words is [TemperatureScaling.Name, { } number] && double.Parse(number, CultureInfo.InvariantCulture) is > 0 and < 1e6 and var temperature)
                return new TemperatureScaling(temperature);
            if (words.Length is > 1 and <= MostKnots && words[0] == IsotonicCalibration.Name)
            {
                double[][] knots = [.. words.Skip(1).Select(word => word.Split(':').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray())];
                if (knots.All(knot => knot.Length == 2))
                    return new IsotonicCalibration([.. knots.Select(knot => knot[0])], [.. knots.Select(knot => knot[1])]);
            }
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidDataException($"its calibration cannot be read: {e.Message}", e);
        }
        throw new InvalidDataException($"its calibration '{(text is { Length: > 60 } ? text[..60] + "…" : text)}' is none of {string.Join(", ", Names)}");
    }

    internal static void Check(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> good)
    {
        if (logOdds.Length == 0 || logOdds.Length != good.Length)
            throw new ArgumentException($"a calibration needs holes with their outcomes; got {logOdds.Length} and {good.Length}");
    }
}
