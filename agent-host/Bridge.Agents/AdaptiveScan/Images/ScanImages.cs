using System.Globalization;
using Bridge.Agents.AdaptiveScan.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Images;

namespace Bridge.Agents.AdaptiveScan.Images;

/// <summary>Sets of images to scan.</summary>
public static class ScanImages
{
    /// <summary>Smallest side: a segment of a few positions must fit.</summary>
    private const int LeastSide = 16;

    /// <summary>Every so manieth group, by name, is for testing.</summary>
    private const int TestEvery = 3;

    /// <summary>Reads all images of a file (NPY, MRC, TIFF, PNG). A table of the same name beside it (<c>dev.tsv</c> beside <c>dev.npy</c>), with the columns <c>index</c> and
    /// <c>group</c>, says where each is from; without one all are of one group.</summary>
    /// <exception cref="ContractException">A file cannot be read, or an image cannot be scanned; the sentence names it.</exception>
    public static IReadOnlyList<ScanImage> Read(string path)
    {
        IReadOnlyDictionary<int, string> groups = Groups(Path.ChangeExtension(path, ".tsv"));
        using ImageSource source = ImageFile.Open(path);
        var images = new List<ScanImage>(source.Count);
        for (int i = 0; i < source.Count; i++)
        {
            Picture picture = source.Read(i);
            if (Math.Min(picture.Width, picture.Height) < LeastSide)
                throw new ContractException(FaultCode.BadField, $"{path}, image {i}: {picture.Width} x {picture.Height} is too small to scan; {LeastSide} px is the least");
            try
            {
                images.Add(new ScanImage(picture.Values, picture.Width, picture.Height, groups.GetValueOrDefault(i, Path.GetFileNameWithoutExtension(path))));
            }
            catch (ArgumentException e)
            {
                throw new ContractException(FaultCode.UnreadableFile, $"{path}, image {i}: {e.Message}", e);
            }
        }
        return images;
    }

    /// <summary>Simulated images, the same for the same seed.</summary>
    public static IReadOnlyList<ScanImage> Simulate(int count, int seed, SpecimenSettings? settings = null)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => SpecimenSimulator.Draw(settings ?? new SpecimenSettings(), random))];
    }

    /// <summary>Images for training, or those for testing: every third group by name, from the first.</summary>
    public static IReadOnlyList<ScanImage> Split(IReadOnlyList<ScanImage> images, bool test)
    {
        string[] groups = [.. images.Select(image => image.Group).Distinct().Order(StringComparer.Ordinal)];
        HashSet<string> testing = [.. groups.Where((_, i) => i % TestEvery == 0)];
        return [.. images.Where(image => testing.Contains(image.Group) == test)];
    }

    private static Dictionary<int, string> Groups(string table)
    {
        var groups = new Dictionary<int, string>();
        if (!File.Exists(table))
            return groups;
        try
        {
            using IEnumerator<string> lines = File.ReadLines(table).GetEnumerator();
            string[] names = lines.MoveNext() ? lines.Current.Split('\t') : [];
            int index = Array.IndexOf(names, "index"), group = Array.IndexOf(names, "group");
            if (index < 0 || group < 0)
                throw new ContractException(FaultCode.UnreadableFile, $"{table}: its first line names no columns 'index' and 'group'; correct it, or move it away to take all images as one group");
            for (int line = 2; lines.MoveNext(); line++)
            {
                string[] fields = lines.Current.Split('\t');
                if (fields.Length <= Math.Max(index, group) || !int.TryParse(fields[index], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                    throw new ContractException(FaultCode.UnreadableFile, $"{table}, line {line}: no index and group");
                groups[number] = fields[group];
            }
            return groups;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot read {table}: {e.Message}", e);
        }
    }
}
