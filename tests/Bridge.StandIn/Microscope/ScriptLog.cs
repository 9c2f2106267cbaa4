namespace Bridge.StandIn.Microscope;

/// <summary>SerialEM's log window: the last lines in memory, every line to a writer if there is one.</summary>
internal sealed class ScriptLog(TextWriter? writer)
{
    /// <summary>Lines kept in memory.</summary>
    public const int MaxLines = 100_000;

    private readonly Queue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Boxes that would have waited for a click; unattended, the first one ends the night.</summary>
    public int Boxes { get; private set; }

    public void Write(string line)
    {
        if (_lines.Count == MaxLines)
            _lines.Dequeue();
        _lines.Enqueue(line);
        writer?.WriteLine(line);
    }

    public void Box(string text)
    {
        Boxes++;
        Write($"[BOX] {text}");
    }
}
