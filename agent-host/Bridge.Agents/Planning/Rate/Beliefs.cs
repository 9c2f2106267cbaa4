using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Rate;

/// <summary>
/// What the session has taught about each patch: an offset, in logits, on the probabilities known before. Random effects in a tree:
/// specimen ~ N(0, v0), grid-level image ~ N(specimen, v1), square ~ N(grid-level image, v2), patch ~ N(square, v3), and a hole is good with
/// probability logistic(logit + offset of its patch). Each result is taken in once, as a Gaussian in the patch's offset with the curvature
/// of the logistic at the present belief (an extended Kalman step); sums then travel up the tree and means down. O(1) a result, O(1) an offset.
/// </summary>
internal sealed class Beliefs
{
    private readonly Grid _grid;
    private readonly BeliefSettings _settings;
    private readonly Node[] _patches;
    private readonly Node[] _squares;
    private readonly Node[] _gridImages;
    private Node _specimen;

    public Beliefs(Grid grid, BeliefSettings settings)
    {
        (_grid, _settings) = (grid, settings);
        _patches = new Node[grid.Patches.Count];
        _squares = new Node[grid.Squares.Count];
        _gridImages = new Node[grid.GridImages.Count];
    }

    /// <summary>Posterior mean of a patch's offset, in logits.</summary>
    public double PatchOffset(int patch)
    {
        int square = _grid.SquareOfPatch(patch), gridImage = _grid.Squares[square].GridImage;
        double mean = _specimen.Mean(0, _settings.SpecimenVariance);
        mean = _gridImages[gridImage].Mean(mean, _settings.GridImageVariance);
        mean = _squares[square].Mean(mean, _settings.SquareVariance);
        return _patches[patch].Mean(mean, _settings.PatchVariance);
    }

    /// <summary>All posterior means at once.</summary>
    /// <param name="offsets">By patch, in logits.</param>
    public void WriteOffsets(double[] offsets)
    {
        double specimen = _specimen.Mean(0, _settings.SpecimenVariance);
        for (int i = 0; i < _gridImages.Length; i++)
        {
            double gridImage = _gridImages[i].Mean(specimen, _settings.GridImageVariance);
            foreach (int j in _grid.GridImages[i].Squares)
            {
                double square = _squares[j].Mean(gridImage, _settings.SquareVariance);
                IReadOnlyList<int> patches = _grid.Squares[j].Patches;
                for (int k = 0; k < patches.Count; k++)
                    offsets[patches[k]] = _patches[patches[k]].Mean(square, _settings.PatchVariance);
            }
        }
    }

    /// <summary>Takes in one result.</summary>
    /// <param name="logit">Log odds of the hole before the session.</param>
    public void Observe(int patch, double logit, bool good)
    {
        int square = _grid.SquareOfPatch(patch), gridImage = _grid.Squares[square].GridImage;
        double offset = PatchOffset(patch);
        double p = CtfCalibration.Logistic(logit + offset);
        double weight = p * (1 - p);
        var change = new Node(weight, weight * offset + (good ? 1 : 0) - p);
        change = _patches[patch].Add(change, _settings.PatchVariance);
        change = _squares[square].Add(change, _settings.SquareVariance);
        change = _gridImages[gridImage].Add(change, _settings.GridImageVariance);
        _specimen.Add(change, _settings.SpecimenVariance);
    }

    /// <summary>What lies below a node says about its offset: precision, and precision times mean.</summary>
    private record struct Node(double Precision, double Pull)
    {
        /// <summary>Mean, given the parent's mean and the variance between the two.</summary>
        public readonly double Mean(double parent, double variance) => (parent + variance * Pull) / (1 + variance * Precision);

        /// <summary>Adds evidence and returns by how much the message to the parent changes.</summary>
        public Node Add(Node evidence, double variance)
        {
            Node before = Message(variance);
            Precision += evidence.Precision;
            Pull += evidence.Pull;
            Node after = Message(variance);
            return new Node(after.Precision - before.Precision, after.Pull - before.Pull);
        }

        private readonly Node Message(double variance) => new(Precision / (1 + variance * Precision), Pull / (1 + variance * Precision));
    }
}
