using System.Globalization;
using Bridge.Contracts;

namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>Which holes of a set are for training with their label (L), for training without it (U), and for validation. Positions in the set, rising.</summary>
public sealed record LabelSplit(IReadOnlyList<int> Labelled, IReadOnlyList<int> Unlabelled, IReadOnlyList<int> Validation)
{
    /// <summary>Share of the holes for validation (SSL²-RL, section 4: 2 164 of 8 653).</summary>
    public const double ValidationShare = 0.25;

    /// <summary>Draws a split of the measured holes. With one seed the labels of a smaller share are among those of a larger one, and validation is the same.</summary>
    /// <param name="labelledShare">Of the training holes, above 0 and at most 1.</param>
    /// <exception cref="ContractException">There are too few holes, or the labelled ones are all good or all bad; the message says what helps.</exception>
    public static LabelSplit Draw(HoleSet holes, double labelledShare, SplitBy by, int seed)
    {
        if (!(labelledShare > 0 && labelledShare <= 1))
            throw new ArgumentOutOfRangeException(nameof(labelledShare), labelledShare, "the share of labels must be above 0 and at most 1");
        int[] measured = holes.Labelled();
        (int[] training, int[] validation) = by == SplitBy.Square && measured.Length > 1 ? holes.SplitBySquare(measured, ValidationShare, seed) : ByHole(measured, seed);
        if (validation.Length < 2)
            throw new ContractException(FaultCode.NoTargets, $"{measured.Length} measured holes leave {validation.Length} for validation; give a larger set, or more squares");
        int labelled = (int)Math.Round(labelledShare * training.Length);
        new Random(seed).Shuffle(training);
        int good = training.AsSpan(0, labelled).ToArray().Count(holes.IsGood);
        if (good == 0 || good == labelled)
        {
            throw new ContractException(FaultCode.BadField, string.Create(CultureInfo.InvariantCulture,
                $"{100 * labelledShare:0.##} % of {training.Length} training holes are {labelled} labels, {good} of them good; a classifier needs good and bad ones: give a larger fraction or set"));
        }
        return new LabelSplit([.. training.Take(labelled).Order()], [.. training.Skip(labelled).Order()], validation);
    }

    private static (int[] Training, int[] Validation) ByHole(int[] measured, int seed)
    {
        new Random(seed).Shuffle(measured);
        int training = (int)((1 - ValidationShare) * measured.Length);
        return (measured[..training], [.. measured[training..].Order()]);
    }
}
