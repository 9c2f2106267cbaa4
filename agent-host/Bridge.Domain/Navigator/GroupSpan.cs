using Bridge.Contracts;

namespace Bridge.Domain.Navigator;

/// <summary>How far the points of a group or cluster spread.</summary>
internal sealed class GroupSpan
{
    private double _minX = double.PositiveInfinity, _maxX = double.NegativeInfinity, _minY = double.PositiveInfinity, _maxY = double.NegativeInfinity;

    public int Count { get; private set; }

    /// <summary>Longer side in µm of the box around the points.</summary>
    public double SpanUm => Math.Max(_maxX - _minX, _maxY - _minY);

    public StageUm Centre => new((_minX + _maxX) / 2, (_minY + _maxY) / 2, 0);

    public void Add(StageUm at)
    {
        Count++;
        (_minX, _maxX) = (Math.Min(_minX, at.X), Math.Max(_maxX, at.X));
        (_minY, _maxY) = (Math.Min(_minY, at.Y), Math.Max(_maxY, at.Y));
    }
}
