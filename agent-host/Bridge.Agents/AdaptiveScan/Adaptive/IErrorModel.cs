namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>Expects the completion's squared error: in a cell whose distance from the finished path will be d it is
/// floor + amplitude * d² / (d² + reach²).</summary>
public interface IErrorModel
{
    /// <param name="features">(<see cref="CellField.Features"/>, cells): <see cref="CellField.WriteFeatures"/>.</param>
    /// <param name="amplitude">(cells), of any unit that is the same for all.</param>
    /// <param name="reachSquared">(cells), px², above 0.</param>
    void Expect(ReadOnlySpan<float> features, Span<float> amplitude, Span<float> reachSquared);
}
