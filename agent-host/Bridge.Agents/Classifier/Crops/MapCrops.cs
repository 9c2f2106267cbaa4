using Bridge.Contracts;
using Bridge.Domain.Navigator;

namespace Bridge.Agents.Classifier.Crops;

/// <summary>Cuts the crops of holes out of the maps of a Navigator file. Of several maps that show a hole the one with the finest pixels counts, but for images that show a hole or two only.</summary>
public static class MapCrops
{
    /// <summary>Views smaller than this many fields are references for realigning.</summary>
    private const double LeastFields = 1.5;

    /// <summary>Coarser pixels than this part of a field show nothing of a hole.</summary>
    private const double CoarsestPixel = 1 / 6.0;

    /// <summary>A crop less of which than this lies in the image is none.</summary>
    private const double LeastThere = 0.5;

    private const long MostPixels = 1L << 28;

    /// <summary>Items of the points that lie on a map whose file is named, in the order of the table.</summary>
    /// <param name="isTarget">Which items are wanted.</param>
    /// <exception cref="ContractException">The Navigator file cannot be read, or no wanted point lies on a map.</exception>
    public static IReadOnlyList<int> ItemsOn(string navigator, Func<int, bool> isTarget)
    {
        NavigatorFile file = NavigatorFile.Read(navigator);
        MapView[] views = Views(file);
        int[] items = [.. file.Items.Where(item => isTarget(item.Index) && item.Stage is { } stage && Array.Exists(views, view => view.Contains(stage))).Select(item => item.Index)];
        return items.Length > 0 ? items
            : throw new ContractException(FaultCode.BadField, $"{navigator}: none of the targets lies on one of its {views.Length} maps that name 'MapFile', 'MapScaleMat' and 'MapWidthHeight'; take medium-magnification maps and save the Navigator again");
    }

    /// <summary>Cuts the crops, map after map, so that an image is read once.</summary>
    /// <param name="items">Items of the Navigator's table.</param>
    /// <param name="fieldUm">What a crop shows along a side.</param>
    /// <returns>A crop for each item, values as in the files but for the slope of the illumination; all 0 where the item lies on no map.</returns>
    /// <exception cref="ContractException">A file cannot be read, or it is too much; the sentence names it.</exception>
    public static CropStack Cut(string navigator, IReadOnlyList<int> items, int cropSize, double fieldUm, CancellationToken cancellationToken = default)
    {
        if ((long)items.Count * cropSize * cropSize > MostPixels)
            throw new ContractException(FaultCode.TooLarge, $"{items.Count} crops of {cropSize} px are more than {MostPixels} pixels, the limit; ask for fewer targets at a time");
        NavigatorFile file = NavigatorFile.Read(navigator);
        MapView[] views = [.. Views(file).Where(view => view.PixelsPerUm * fieldUm * CoarsestPixel >= 1 && Math.Min(view.Width, view.Height) / view.PixelsPerUm >= LeastFields * fieldUm)];
        var crops = new CropStack(cropSize, new float[items.Count * cropSize * cropSize]);
        var byItem = file.Items.ToDictionary(item => item.Index);
        var onView = new List<(int Crop, StageUm Stage)>[views.Length];
        for (int i = 0; i < items.Count; i++)
        {
            if (!byItem.TryGetValue(items[i], out NavigatorItem? item) || item.Stage is not { } stage)
                continue;
            int best = -1;
            for (int view = 0; view < views.Length; view++)
            {
                if (views[view].Contains(stage) && (best < 0 || views[view].PixelsPerUm > views[best].PixelsPerUm))
                    best = view;
            }
            if (best >= 0)
                (onView[best] ??= []).Add((i, stage));
        }
        for (int view = 0; view < views.Length; view++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (onView[view] is { } holes)
                CutFrom(views[view], views[view].FindFile(navigator), holes, crops, fieldUm);
        }
        return crops;
    }

    private static void CutFrom(MapView view, string file, List<(int Crop, StageUm Stage)> holes, CropStack crops, double fieldUm)
    {
        using var image = new MapImage(view, file);
        double scaleX = (double)image.Width / view.Width, scaleY = (double)image.Height / view.Height;
        if (scaleX / scaleY is < 0.9 or > 1.1)
            throw new ContractException(FaultCode.UnreadableFile, $"{file}: the image is {image.Width} x {image.Height} px, 'MapWidthHeight' of item {view.Item.Index} is {view.Width} x {view.Height}: that is another image");
        foreach ((int crop, StageUm stage) in holes)
        {
            (double x, double y) = view.PixelOf(stage);
            y *= scaleY;
            var frame = new CropFrame(x * scaleX, image.IsBottomUp ? image.Height - y : y, fieldUm * view.PixelsPerUm * scaleX / crops.Size, 0);
            if (image.Cut(frame, crops[crop], crops.Size) < LeastThere)
                crops[crop].Clear();
        }
    }

    private static MapView[] Views(NavigatorFile file) => [.. file.Items.Select(MapView.Of).OfType<MapView>()];
}
