using Bridge.StandIn.Language;
using Bridge.StandIn.Plugins;

namespace Bridge.StandIn.Microscope;

/// <summary>Everything outside the scripts: the simulated microscope, SerialEM's windows and files, the plugins.</summary>
internal sealed class World : IDisposable
{
    private readonly List<Shot> _images = []; // in the open file

    public World(StandInOptions options, Specimen? specimen = null, TextWriter? log = null, PluginManager? plugins = null)
    {
        (Options, Specimen, Log) = (options, specimen, new ScriptLog(log));
        Plugins = plugins ?? new PluginManager();
        Clock = new SimulatedClock(options.LimitMinutes);
        Stage = new Stage(options, Clock, specimen);
        Optics = new Optics(options);
        Camera = new Camera(Stage, Optics, new SimulatedBeam(options), specimen);
        MultiShot = new MultiShot(Optics, Camera);
    }

    public StandInOptions Options { get; }

    /// <summary>Null if nobody said what is in the microscope.</summary>
    public Specimen? Specimen { get; }

    public ScriptLog Log { get; }

    public SimulatedClock Clock { get; }

    public Stage Stage { get; }

    public Optics Optics { get; }

    public Camera Camera { get; }

    public MultiShot MultiShot { get; }

    public NavigatorTable Navigator { get; } = new();

    public AcquireState Acquire { get; } = new();

    public PluginManager Plugins { get; }

    public TextFiles TextFiles { get; } = new();

    /// <summary>SerialEM's status lines that scripts set, by number from 1.</summary>
    public Dictionary<int, string> StatusLines { get; } = [];

    public Dictionary<string, double> CustomTimes { get; } = new(StringComparer.Ordinal);

    public double ClockResetAtMinute { get; set; }

    public bool SuppressReports { get; set; }

    /// <summary>Errors go to the log instead of a box that waits.</summary>
    public bool NoMessageBoxOnError { get; set; }

    /// <summary>Path of the open image file, which is not written; empty if none is open.</summary>
    public string ImageFile { get; private set; } = "";

    public int ImagesInFile => _images.Count;

    public void OpenImageFile(string path)
    {
        CloseImageFile();
        ImageFile = path;
    }

    public void CloseImageFile()
    {
        ImageFile = "";
        _images.Clear();
    }

    /// <param name="buffer">Image buffer to save from; empty for A.</param>
    /// <exception cref="ScriptFault">No file is open, or no image is in the buffer.</exception>
    public void SaveImage(string buffer)
    {
        Shot image = Camera.Image(buffer);
        RequireImageFile();
        _images.Add(image);
    }

    /// <param name="section">Of the open file, from 0.</param>
    /// <exception cref="ScriptFault">No file is open, or it has no such section.</exception>
    public Shot SavedImage(int section)
    {
        RequireImageFile();
        return section >= 0 && section < _images.Count ? _images[section] : throw new ScriptFault($"there is no section {section} in the open file, which has {_images.Count}");
    }

    private void RequireImageFile()
    {
        if (ImageFile.Length == 0)
            throw new ScriptFault("there is no image file open; OpenNewFile first");
    }

    public void ShowError(string message, bool alwaysInBox)
    {
        if (NoMessageBoxOnError && !alwaysInBox)
            Log.Write($"ERROR: {message}");
        else
            Log.Box($"ERROR: {message}");
    }

    public void Dispose() => TextFiles.Dispose();
}
