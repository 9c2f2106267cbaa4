using Bridge.Contracts;
using Newtonsoft.Json.Linq;

namespace Bridge.Domain.Specimen;

/// <summary>One hole of the support film, with what is known of it before it is visited.</summary>
/// <param name="Index">Position in <see cref="Grid.Holes"/>, from 0.</param>
/// <param name="Item">Number by which the client knows it, from 1 (the Navigator's index).</param>
/// <param name="Id">Name as people know it.</param>
/// <param name="Patch">Position of its patch in <see cref="Grid.Patches"/>.</param>
public sealed record Hole(int Index, int Item, string Id, int Patch, StageUm Stage)
{
    /// <summary>CTF value (maximum resolution) in Å that a classifier predicts; NaN if there is no prediction.</summary>
    public double PredictedCtfA { get; init; } = double.NaN;

    /// <summary>Probability that it is good, 0 to 1, as given by the client; NaN if not given.</summary>
    public double GivenProbability { get; init; } = double.NaN;

    /// <summary>True if anything was predicted of it.</summary>
    public bool HasPrediction => !double.IsNaN(PredictedCtfA) || !double.IsNaN(GivenProbability);

    /// <summary>Holes of one group are reached by image shift from one stage position; null if there is no group.</summary>
    public int? ImageShiftGroup { get; init; }

    /// <summary>Micrographs that this one stage position gives (a hole array), 1 or more.</summary>
    public int Shots { get; init; } = 1;

    /// <summary>What else the client said of it, passed on with every suggestion; null if nothing.</summary>
    public JObject? Unknown { get; init; }
}
