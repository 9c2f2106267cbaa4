using System.Globalization;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>The open Navigator: its table, its file, the item that is selected or being acquired. Items count from 1.</summary>
internal sealed class NavigatorTable
{
    private NavigatorFile? _file;
    private int _selected;

    /// <summary>The table.</summary>
    /// <exception cref="ScriptFault">The Navigator is not open.</exception>
    public NavigatorFile File => _file ?? throw new ScriptFault("the Navigator must be open; give a file with --nav, or read one with ReadNavFile");

    public bool IsOpen => _file is not null;

    /// <summary>Where SaveNavigator writes; empty if the table has no file yet.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The item that Acquire at Items is at; 0 if it is not running.</summary>
    public int Acquiring { get; set; }

    /// <summary>Last item of the range that Acquire at Items walks; 0 if it is not running.</summary>
    public int AcquiringTo { get; set; }

    public IReadOnlyList<NavigatorItem> Items => File.Items;

    public void Open(NavigatorFile file, string path) => (_file, Path, _selected) = (file, path, file.Items.Count > 0 ? 1 : 0);

    public void Close() => (_file, Path, _selected) = (null, "", 0);

    /// <summary>The item that is acquired or selected.</summary>
    /// <exception cref="ScriptFault">There is none.</exception>
    public NavigatorItem Current => Item(Acquiring > 0 ? Acquiring : _selected > 0 ? _selected : throw new ScriptFault("there is no current Navigator item"));

    public void Select(int number) => _selected = Item(number).Index;

    /// <summary>An item by number: from 1; from the end if negative (-1 is the last); 0 is the current one.</summary>
    /// <exception cref="ScriptFault">There is none.</exception>
    public NavigatorItem At(int number) => number == 0 ? Current : Item(number > 0 ? number : Items.Count + number + 1);

    /// <summary>Its stage position.</summary>
    /// <exception cref="ScriptFault">It has none.</exception>
    public static StageUm StageOf(NavigatorItem item) => item.Stage ?? throw new ScriptFault($"Navigator item {item.Index} has no stage position that can be read");

    /// <exception cref="ScriptFault">Acquire at Items is running and comes to this item still.</exception>
    public void SetAcquire(NavigatorItem item, bool on)
    {
        if (on && Acquiring > 0 && item.Index >= Acquiring && item.Index <= AcquiringTo)
            throw new ScriptFault("while the Navigator is acquiring, an item within the range still being acquired cannot be set to Acquire");
        if (on != item.Acquire)
            item.Section.Set("Acquire", on ? "1" : "0");
    }

    /// <summary>Turns the flags of a whole group off.</summary>
    public void ClearGroup(int group)
    {
        foreach (NavigatorItem item in Items.Where(item => item.GroupId == group && group != 0 && item.Acquire))
            SetAcquire(item, on: false);
    }

    /// <summary>Writes the table.</summary>
    /// <param name="path">A new name for it, or empty.</param>
    /// <exception cref="ScriptFault">It has no name, or cannot be written.</exception>
    public void Save(string path)
    {
        NavigatorFile file = File;
        if (path.Length > 0)
            Path = path;
        if (Path.Length == 0)
            throw new ScriptFault("the Navigator table has no file yet, and SerialEM would ask for one; name it: SaveNavigator FILE");
        try
        {
            file.Document.Global.Set("LastSavedAs", Path);
            file.Write(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ContractException)
        {
            throw new ScriptFault($"the Navigator file {Path} cannot be written: {e.Message}");
        }
    }

    /// <exception cref="ScriptFault">It cannot be read.</exception>
    public void Read(string path)
    {
        try
        {
            Open(NavigatorFile.Read(path), path);
        }
        catch (ContractException e)
        {
            throw new ScriptFault(e.Message);
        }
    }

    private NavigatorItem Item(int number)
        => number >= 1 && number <= Items.Count ? Items[number - 1] : throw new ScriptFault(string.Create(CultureInfo.InvariantCulture, $"the Navigator index {number} is out of range; the table has {Items.Count} items"));
}
