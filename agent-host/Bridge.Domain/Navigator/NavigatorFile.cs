using System.Globalization;
using Bridge.Contracts;
using Bridge.Domain.Autodoc;

namespace Bridge.Domain.Navigator;

/// <summary>
/// A SerialEM Navigator file: autodoc or XML form. What is not changed is written back byte for byte: unknown keys, order, line breaks,
/// encoding, odd lines. The tab-separated form that SerialEM wrote until 2015 is refused; SerialEM reads it and saves it anew.
/// </summary>
public sealed class NavigatorFile
{
    /// <summary>Most items.</summary>
    public const int MaxItems = 200_000;

    /// <summary>The version that was current when this was written; a newer one is read and warned of.</summary>
    public const double KnownVersion = 2.00;

    private const string What = "Navigator file";
    private readonly List<NavigatorItem> _items = [];
    private readonly List<string> _warnings = [];

    private NavigatorFile(AdocDocument document) => Document = document;

    public AdocDocument Document { get; }

    /// <summary>Name for messages.</summary>
    public string File => Document.File;

    /// <summary>In the order of the table; <c>Items[0]</c> is item 1.</summary>
    public IReadOnlyList<NavigatorItem> Items => _items;

    /// <summary>What is odd but does not hinder.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The path under which SerialEM saved it last, or null.</summary>
    public string? LastSavedAs => Document.Global["LastSavedAs"];

    /// <exception cref="ContractException"><see cref="FaultCode.UnreadableFile"/> or <see cref="FaultCode.TooLarge"/>; the message names
    /// file and line and says what to do.</exception>
    public static NavigatorFile Read(string path) => From(AdocDocument.Read(path, What));

    /// <inheritdoc cref="Read"/>
    public static NavigatorFile Parse(string file, byte[] bytes) => From(AdocDocument.Parse(file, bytes, What));

    public byte[] ToBytes() => Document.ToBytes();

    /// <inheritdoc cref="AdocDocument.Write"/>
    public void Write(string path) => Document.Write(path);

    private static NavigatorFile From(AdocDocument document)
    {
        var file = new NavigatorFile(document);
        foreach (AdocSection section in document.Sections)
        {
            if (section.Type == "Item")
                file._items.Add(new NavigatorItem(file._items.Count + 1, section));
        }
        if (file._items.Count > MaxItems)
            throw new ContractException(FaultCode.TooLarge, $"{document.File} line {file._items[MaxItems].Line}: more than {MaxItems} items; split the file");
        file.CheckVersion();
        file.CheckLastItem();
        return file;
    }

    private void CheckVersion()
    {
        string? version = Document.Global["AdocVersion"];
        if (version is null && _items.Count == 0)
        {
            throw new ContractException(FaultCode.UnreadableFile, Document.StartsWith("Version\t"u8)
                ? $"{File} line 1: this is the old tab-separated form of the Navigator file; open it in SerialEM and save it again"
                : $"{File} line 1: there is neither 'AdocVersion' nor an item, so this is no whole Navigator file; save it again in SerialEM");
        }
        if (version is null)
            _warnings.Add($"{File} line 1: there is no 'AdocVersion'; read as version 2.00");
        else if (!double.TryParse(version, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            _warnings.Add($"{File} line 1: the version '{version}' is not a number; read as version 2.00");
        else if (number > KnownVersion)
            _warnings.Add($"{File} line 1: version {version} is newer than 2.00, the newest that is known; what is new in it is kept and not used");
    }

    /// <summary>A file that was cut off at a line break looks whole; what it lacks is the end of its last item.</summary>
    private void CheckLastItem()
    {
        if (_items.Count == 0)
            return;
        NavigatorItem last = _items[^1];
        string? missing = Missing(last);
        bool othersAreWhole = _items.Count > 1 && Missing(_items[0]) is null;
        if (missing is not null && (othersAreWhole || !Document.EndsInLineBreak))
            throw new ContractException(FaultCode.UnreadableFile, $"{File} line {last.Line}: the last item, '{last.Label}', lacks '{missing}', so the file is cut short after line {Document.LineCount}; save it again");
        for (int i = 0; i < _items.Count && _warnings.Count < 20; i++)
        {
            if (Missing(_items[i]) is { } key)
                _warnings.Add($"{File} line {_items[i].Line}: item {_items[i].Index}, '{_items[i].Label}', lacks '{key}'; SerialEM leaves such an item out, and numbers behind it differ by one");
        }
    }

    /// <summary>A key without which SerialEM drops the item; an item with coordinates on a map instead of the stage needs fewer.</summary>
    private static string? Missing(NavigatorItem item)
    {
        AdocSection section = item.Section;
        if (!section.Has("Type"))
            return "Type";
        if (!section.Has("StageXYZ"))
            return section.Keys.Any(key => key.StartsWith("CoordsIn", StringComparison.Ordinal)) ? null : "StageXYZ";
        return !section.Has("PtsX") ? "PtsX" : !section.Has("PtsY") ? "PtsY" : null;
    }
}
