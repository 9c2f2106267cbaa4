using System.Text;
using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>Text files that scripts have open, by identifier in any case.</summary>
internal sealed class TextFiles : IDisposable
{
    private const int Most = 100;
    private const long MaxBytesWritten = 256 * 1024 * 1024;
    private const int MaxLineLength = 1_000_000;

    private readonly Dictionary<string, OpenFile> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>SerialEM's current folder.</summary>
    public string Folder { get; set; } = Directory.GetCurrentDirectory();

    public bool MayOverwrite { get; set; }

    public bool IsOpen(string id) => _files.ContainsKey(id);

    /// <exception cref="ScriptFault">There is no name, or it cannot be a path.</exception>
    public string FullPath(string name)
    {
        if (name.Length == 0 || name.Contains('\0'))
            throw new ScriptFault("a file name is missing");
        string path = "";
        Guard(() => path = Path.GetFullPath(name, Folder));
        return path;
    }

    /// <param name="mode">R read, T try to read, W write a new file, O overwrite, A append.</param>
    /// <returns>False only for T, if it cannot be opened.</returns>
    /// <exception cref="ScriptFault">It cannot be opened.</exception>
    public bool Open(string id, string mode, bool persistent, string name)
    {
        if (_files.ContainsKey(id))
            throw new ScriptFault($"there is already an open file with identifier {id}");
        if (_files.Count == Most)
            throw new ScriptFault($"more than {Most} text files are open");
        if (mode is not ("R" or "T" or "W" or "A" or "O"))
            throw new ScriptFault("the second entry must be R, T, W, A or O");
        string path = FullPath(name);
        if (mode == "W" && !MayOverwrite && File.Exists(path))
            throw new ScriptFault($"{path} exists already; open it with O to overwrite it");
        try
        {
            Guard(() => _files.Add(id, mode is "R" or "T"
                ? new OpenFile(new StreamReader(path), null, persistent)
                : new OpenFile(null, new StreamWriter(path, mode == "A", new UTF8Encoding(false)), persistent)));
        }
        catch (ScriptFault) when (mode == "T")
        {
            return false;
        }
        return true;
    }

    /// <exception cref="ScriptFault">It is not open for writing, or the disk refuses.</exception>
    public TextFile Written(string id) => new(this, Find(id).Writer is null ? throw new ScriptFault($"the file with identifier {id} cannot be written to") : Find(id));

    /// <returns>The next line, or null at the end.</returns>
    /// <exception cref="ScriptFault">It is not open for reading, or a line is too long.</exception>
    public string? ReadLine(string id)
    {
        StreamReader reader = Find(id).Reader ?? throw new ScriptFault($"the file with identifier {id} cannot be read from");
        string? line = null;
        Guard(() => line = reader.ReadLine());
        return line is { Length: > MaxLineLength } ? throw new ScriptFault($"a line of the file with identifier {id} is longer than {MaxLineLength} characters") : line;
    }

    public void Close(string id)
    {
        Guard(Find(id).Dispose);
        _files.Remove(id);
    }

    public void CloseAll(bool persistentToo)
    {
        foreach ((string id, OpenFile file) in _files.Where(file => persistentToo || !file.Value.Persistent).ToList())
        {
            _files.Remove(id);
            file.Dispose();
        }
    }

    public void Dispose() => CloseAll(persistentToo: true);

    /// <summary>Turns what the disk says into a script's error.</summary>
    public void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScriptFault(e.Message);
        }
    }

    private OpenFile Find(string id) => _files.GetValueOrDefault(id) ?? throw new ScriptFault($"there is no open file with identifier {id}");

    internal sealed record OpenFile(StreamReader? Reader, StreamWriter? Writer, bool Persistent) : IDisposable
    {
        public long Written { get; set; }

        public void Dispose()
        {
            Reader?.Dispose();
            Writer?.Dispose();
        }
    }

    /// <summary>A file that lines are written to.</summary>
    internal readonly struct TextFile(TextFiles files, OpenFile file)
    {
        public void WriteLine(string line)
        {
            file.Written += line.Length + 1;
            if (file.Written > MaxBytesWritten)
                throw new ScriptFault($"more than {MaxBytesWritten} characters were written to one file, the limit here");
            StreamWriter writer = file.Writer!;
            files.Guard(() => writer.WriteLine(line));
        }

        public void Flush() => files.Guard(file.Writer!.Flush);
    }
}
