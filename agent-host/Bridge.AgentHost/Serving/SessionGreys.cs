using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;

namespace Bridge.AgentHost.Serving;

/// <summary>Grey values of all crops that a session sent so far: its views are taken with one beam and one exposure, so one scale is for all, and the more came the better it is known.</summary>
internal sealed class SessionGreys
{
    /// <summary>Values kept of each request.</summary>
    private const int Kept = 5_000;

    private readonly Dictionary<string, float[]> _samples = [];

    public GreyScale Scale => GreyScale.Of(_samples.Values.Select(sample => new ReadOnlyMemory<float>(sample)));

    /// <param name="file">Where the crops lie: those of one file count once.</param>
    public void Add(string file, CropStack crops)
    {
        int step = Math.Max(1, crops.Pixels.Length / Kept) | 1;
        float[] sample = new float[(crops.Pixels.Length + step - 1) / step];
        for (int i = 0; i < sample.Length; i++)
            sample[i] = crops.Pixels[i * step];
        _samples[file] = sample;
    }
}
