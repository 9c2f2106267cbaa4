using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>
/// Advantage actor-critic (A2C; Mnih et al. 2016, algorithm S3, run side by side). Each candidate has a logit and a value: the policy is the softmax of the
/// logits over the candidates of a state, and V(s) is the mean of the values under it. Loss -log π(a|s) (R - V(s)) + 0.5 (R - V(s))²; R is the n-step return.
/// Coefficients as in CryoRL's public code, which has no entropy bonus.
/// </summary>
internal sealed class ActorCriticLearner : Learner
{
    private const double ValueCoefficient = 0.5;
    private const float Never = -1e9f; // logit of padding

    private readonly List<Transition> _seen = [];

    public ActorCriticLearner(LearnerSettings settings, Generator generator) : base(settings, new PolicyAndValue(), generator)
    {
    }

    /// <summary>Draws from the softmax; the policy explores by itself.</summary>
    public override int Choose(ReadOnlySpan<float> scores, Random random)
    {
        float highest = scores[RowBatch.IndexOfBest(scores)];
        double total = 0;
        foreach (float score in scores)
            total += Math.Exp(score - highest);
        double left = random.NextDouble() * total;
        for (int i = 0; i < scores.Length; i++)
        {
            left -= Math.Exp(scores[i] - highest);
            if (left < 0)
                return i;
        }
        return scores.Length - 1;
    }

    public override void Add(Transition transition) => _seen.Add(transition);

    public override void Learn(Random random)
    {
        if (_seen.Count < Settings.BatchSize)
            return;
        using DisposeScope scope = NewDisposeScope();
        float[] returns = Returns();
        RowBatch states = RowBatch.Of(_seen.ConvertAll(transition => transition.State));
        (Tensor logPolicy, Tensor values) = Evaluate(states);
        long[] rows = [.. _seen.Select(transition => (long)transition.Row)];
        Tensor taken = logPolicy.gather(1, tensor(rows, rows.Length, 1)).view(-1);
        Tensor surprise = tensor(returns) - values;
        Descend((ValueCoefficient * surprise.square() - taken * surprise.detach()).mean());
        _seen.Clear();
    }

    private float[] Returns()
    {
        using IDisposable noGrad = no_grad();
        (_, Tensor next) = Evaluate(RowBatch.Of(_seen.ConvertAll(transition => transition.Next)));
        ReadOnlySpan<float> values = Floats(next);
        float[] returns = new float[_seen.Count];
        for (int i = 0; i < returns.Length; i++)
            returns[i] = _seen[i].Return + _seen[i].Discount * values[i];
        return returns;
    }

    /// <summary>log π over the candidates of each state, padded: (states, most candidates), and V: (states).</summary>
    private (Tensor LogPolicy, Tensor Values) Evaluate(RowBatch batch)
    {
        int most = 0;
        for (int state = 0; state < batch.States; state++)
            most = Math.Max(most, batch.RowsOf(state));
        long[] rows = new long[batch.States * most];
        bool[] padding = new bool[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            (int state, int row) = (i / most, i % most);
            padding[i] = row >= batch.RowsOf(state);
            rows[i] = batch.StartOf(state) + (padding[i] ? 0 : row);
        }
        Tensor outputs = Network.Outputs(batch).index_select(0, tensor(rows)).view(batch.States, most, Meaning.Outputs);
        Tensor logits = outputs.select(2, 0).masked_fill(tensor(padding, batch.States, most), Never);
        Tensor logPolicy = logits.log_softmax(1);
        return (logPolicy, (logPolicy.detach().exp() * outputs.select(2, 1)).sum(1));
    }
}
