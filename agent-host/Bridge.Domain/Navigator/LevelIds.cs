using System.Globalization;
using Bridge.Contracts;

namespace Bridge.Domain.Navigator;

/// <summary>Names for patches, squares and grid-level images, unique in their level: the map's label, the group, or where it lies.</summary>
internal sealed class LevelIds
{
    private const int MaxLength = 200;
    private readonly Dictionary<object, string>[] _names = [[], [], []];
    private readonly Dictionary<string, int>[] _taken = [new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal)];

    public string GridImage(object what) => Of(ViewLevel.GridImage, what, groupId: 0);

    public string Square(object what) => Of(ViewLevel.Square, what, groupId: 0);

    public string Patch(object what, int groupId) => Of(ViewLevel.Patch, what, groupId);

    public string Tile(object square, string squareName, (int X, int Y) tile)
    {
        (object, (int, int)) key = (square, tile);
        return Keep(ViewLevel.Patch, key, $"{squareName}/{tile.X},{tile.Y}", 0);
    }

    private string Of(ViewLevel level, object what, int groupId) => what switch
    {
        View { Item: { } item } => Keep(level, what, item.Label.Length > 0 ? item.Label : $"item {item.Index}", item.Index),
        GroupSpan when level == ViewLevel.Patch => Keep(level, what, $"group {groupId}", 0),
        GroupSpan span => Keep(level, what, string.Create(CultureInfo.InvariantCulture, $"{Word(level)} at {span.Centre.X:0},{span.Centre.Y:0}"), 0),
        _ => throw new ArgumentException($"no name for {what}", nameof(what)),
    };

    private static string Word(ViewLevel level) => level == ViewLevel.Square ? "square" : "grid";

    private string Keep(ViewLevel level, object what, string wanted, int item)
    {
        if (_names[(int)level].TryGetValue(what, out string? known))
            return known;
        wanted = wanted.Length <= MaxLength ? wanted : wanted[..MaxLength];
        string name = wanted;
        if (!_taken[(int)level].TryAdd(name, 1))
        {
            // Counted, not searched: a file may give one name to a hundred thousand things.
            name = item > 0 ? $"{wanted}#{item}" : wanted;
            while (!_taken[(int)level].TryAdd(name, 1))
                name = $"{wanted}##{++_taken[(int)level][wanted]}";
        }
        _names[(int)level].Add(what, name);
        return name;
    }
}
