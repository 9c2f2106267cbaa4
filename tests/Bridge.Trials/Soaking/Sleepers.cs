using Bridge.Domain.Specimen;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Soaking;

/// <summary>Clients that opened a session and then say nothing for hours: scripts whose operators have gone to bed.</summary>
internal sealed class Sleepers : IDisposable
{
    private readonly List<(Asker Asker, string Session)> _all = [];
    private int _next;

    public Sleepers(string endpoint, string secretFile, MeasuredGrid specimen, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _all.Add((new Asker(endpoint, specimen, secretFile), $"sleeper-{i}"));
            _all[i].Asker.Open(_all[i].Session);
        }
    }

    /// <summary>One of them, in turn, asks for a hole and falls asleep again.</summary>
    public void WakeOne()
    {
        if (_all.Count == 0)
            return;
        (Asker asker, string session) = _all[_next++ % _all.Count];
        double clockMin = 0;
        asker.Suggest(session, ref clockMin);
    }

    public void Dispose() => _all.ForEach(sleeper => sleeper.Asker.Dispose());
}
