using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Domain.Navigator;

/// <summary>
/// A Navigator table as a specimen grid.
/// <para>Targets are the points marked Acquire; if none is, all points. An item's number is its position in the table. A point with a
/// hole array is one target: one stage position from which several holes are reached; its <see cref="Hole.ImageShiftGroup"/> is its own
/// item number. <c>UserValue1</c> is read as the predicted CTF value in Å (0 to 1 000) and <c>UserValue2</c> as the probability that the
/// hole is good (0 to 1); anything else in them is somebody's own and left alone.</para>
/// <para>Grid-level images, squares and patches: see <see cref="NavigatorHierarchy"/>.</para>
/// </summary>
/// <param name="Grid">The grid.</param>
/// <param name="Warnings">What was guessed or left out, in sentences for the operator.</param>
public sealed record NavigatorGrid(Grid Grid, IReadOnlyList<string> Warnings)
{
    /// <exception cref="ContractException">The file cannot be read (see <see cref="NavigatorFile.Read"/>), or <see cref="FaultCode.NoTargets"/>.</exception>
    public static NavigatorGrid Read(string path) => From(NavigatorFile.Read(path));

    /// <exception cref="ContractException"><see cref="FaultCode.NoTargets"/>: there is no point with a stage position.</exception>
    public static NavigatorGrid From(NavigatorFile file)
    {
        var warnings = new List<string>(file.Warnings);
        List<NavigatorPoint> points = Points(file, warnings);
        IReadOnlyList<Place> places = new NavigatorHierarchy(file.Items, points, warnings).Places();
        int odd = 0, arrays = 0;
        var targets = new Target[points.Count];
        for (int i = 0; i < targets.Length; i++)
        {
            NavigatorItem item = points[i].Item;
            bool isArray = item.HoleArray is { } array && array.X * array.Y > 1;
            arrays += isArray ? 1 : 0;
            targets[i] = new Target
            {
                Item = item.Index,
                Id = item.Label.Length == 0 ? $"item {item.Index}" : item.Label.Length <= 200 ? item.Label : item.Label[..200],
                GridImage = places[i].GridImage,
                Square = places[i].Square,
                Patch = places[i].Patch,
                Stage = points[i].Stage,
                PredictedCtfA = InRange(item, "UserValue1", 1000, ref odd),
                Probability = InRange(item, "UserValue2", 1, ref odd),
                ImageShiftGroup = isArray ? item.Index : null,
                Shots = isArray ? Math.Clamp((item.HoleArray!.Value.X * item.HoleArray.Value.Y) - (item.SkipHoles.Length / 2), 1, Target.MaxShots) : 1,
            };
        }
        if (arrays > 0)
            warnings.Add($"{file.File}: {arrays} items are hole arrays; each is one target, one stage position");
        if (odd > 0)
            warnings.Add($"{file.File}: {odd} user values are no prediction (UserValue1: Å, 0 to 1000; UserValue2: probability, 0 to 1) and were left alone");
        return new NavigatorGrid(GridBuilder.FromTargets(targets), warnings);
    }

    private static List<NavigatorPoint> Points(NavigatorFile file, List<string> warnings)
    {
        bool onlyMarked = file.Items.Any(item => item.Type == NavigatorItemType.Point && item.Acquire);
        var points = new List<NavigatorPoint>();
        var registrations = new HashSet<int?>();
        var lost = new List<NavigatorItem>();
        int markedOthers = 0;
        foreach (NavigatorItem item in file.Items)
        {
            if (item.Type != NavigatorItemType.Point)
                markedOthers += item.Acquire ? 1 : 0;
            else if (!onlyMarked || item.Acquire)
            {
                if (item.Stage is { } stage)
                    points.Add(new NavigatorPoint(item, stage, item.GroupId, item.DrawnId));
                else
                    lost.Add(item);
                registrations.Add(item.Registration);
            }
        }
        if (points.Count == 0)
            throw new ContractException(FaultCode.NoTargets, $"{file.File}: there is no point with a stage position among the {file.Items.Count} items; add points at the holes, mark them Acquire and save the Navigator again");
        if (lost.Count > 0)
            warnings.Add($"{file.File} line {lost[0].Line}: {lost.Count} points, from item {lost[0].Index}, '{lost[0].Label}', on, have no usable 'StageXYZ' and were left out");
        if (!onlyMarked)
            warnings.Add($"{file.File}: no point is marked Acquire, so all {points.Count} points are targets");
        if (markedOthers > 0)
            warnings.Add($"{file.File}: {markedOthers} maps or polygons are marked Acquire; only points are targets");
        if (registrations.Count > 1)
            warnings.Add($"{file.File}: the points are of {registrations.Count} registrations, whose positions do not fit together; mark those of one only");
        return points;
    }

    private static double? InRange(NavigatorItem item, string key, double most, ref int odd)
    {
        if (!item.Section.Has(key))
            return null;
        if (item.UserNumber(key) is { } number && number >= 0 && number <= most)
            return number;
        odd++;
        return null;
    }
}
