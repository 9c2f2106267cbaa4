using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>The losses of FixMatch (Sohn et al. 2020, equations 3 and 4; SSL²-RL, equation 1).</summary>
public static class FixMatchLoss
{
    /// <summary>What the weakly augmented crops are taken for, where the network is sure enough: max P(x_w) ≥ τ.</summary>
    /// <param name="weak">Logits of the weakly augmented crops, (U, 2); no gradient is needed.</param>
    /// <param name="cutOff">τ, 0.5 to 1.</param>
    /// <returns>The rows that pass, rising, and the class of each.</returns>
    public static (long[] Rows, long[] Classes) Confident(Tensor weak, double cutOff)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] probability = nn.functional.softmax(weak.detach(), 1).data<float>().ToArray();
        var (rows, classes) = (new List<long>(), new List<long>());
        for (int row = 0; 2 * row < probability.Length; row++)
        {
            int likelier = probability[2 * row + 1] > probability[2 * row] ? 1 : 0;
            if (probability[2 * row + likelier] < cutOff)
                continue;
            rows.Add(row);
            classes.Add(likelier);
        }
        return ([.. rows], [.. classes]);
    }

    /// <summary>l_sup + λ l_U, where l_sup is the mean cross entropy of the labelled rows and l_U the sum of the confident ones' over U: those that are left out count with 0.</summary>
    /// <param name="logits">(B + C, 2): the labelled crops, then the C strongly augmented ones whose weak form is confident.</param>
    /// <param name="classes">(B + C): 0 or 1.</param>
    /// <param name="labelled">B, 1 or more.</param>
    /// <param name="unlabelled">U, C or more; 0 where there is none.</param>
    /// <param name="weight">λ.</param>
    public static Tensor Of(Tensor logits, Tensor classes, int labelled, int unlabelled, double weight)
    {
        Tensor supervised = nn.functional.cross_entropy(logits.narrow(0, 0, labelled), classes.narrow(0, 0, labelled));
        long confident = logits.shape[0] - labelled;
        if (confident == 0)
            return supervised;
        Tensor unsupervised = nn.functional.cross_entropy(logits.narrow(0, labelled, confident), classes.narrow(0, labelled, confident), reduction: nn.Reduction.Sum);
        return supervised + unsupervised * (float)(weight / unlabelled);
    }
}
