using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;

namespace Bridge.AgentHost.Serving;

/// <summary>Grey values of all crops that a session sent so far: the more came the better they are known. Follows from the order of the requests, so that a resumed session has the same.</summary>
public sealed class SessionGreys
{
    /// <summary>Pixels kept of each request.</summary>
    private const int Kept = 20_000;

    private readonly HashSet<string> _files = [];
    private ViewGreys _greys = new(Kept);
    private int _size;

    public ViewScale Scale => _greys.Scale();

    /// <summary>True if the crops of this file count already, at this size.</summary>
    public bool Has(string file, int size) => size == _size && _files.Contains(file);

    /// <param name="file">Where the crops lie: those of one file count once.</param>
    /// <param name="crops">Of the model's size; other sizes are forgotten.</param>
    /// <param name="views">One for each crop.</param>
    public void Add(string file, CropStack crops, IReadOnlyList<int> views)
    {
        if (crops.Size != _size)
        {
            _files.Clear();
            (_greys, _size) = (new ViewGreys(Kept), crops.Size);
        }
        if (_files.Add(file))
            _greys.Add(crops, views);
    }
}
