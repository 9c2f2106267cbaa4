using Bridge.AgentHost.Serving;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Commands;

/// <summary>The holes of recorded sessions with the crops that lie beside their journals: what a site fine-tunes its classifier on.</summary>
internal static class SessionHoles
{
    /// <param name="cropSize">Pixels along a crop; null takes that of the first.</param>
    /// <exception cref="ContractException">A journal or its crops cannot be read, or there are no crops in it.</exception>
    public static HoleSet Read(IReadOnlyList<string> journals, int? cropSize)
    {
        var sets = new List<HoleSet>(journals.Count);
        foreach (string journal in journals)
            sets.Add(ReadOne(journal, cropSize ?? (sets.Count > 0 ? sets[0].CropSize : null)));
        return HoleSet.Join(sets);
    }

    private static HoleSet ReadOne(string journal, int? cropSize)
    {
        Grid? grid = null;
        var crops = new List<(CropStack Crops, IReadOnlyList<int> Items)>();
        var ctfA = new Dictionary<int, double>();
        foreach (JournalEntry entry in JournalReader.Read(journal))
        {
            JournalledExchange exchange = JournalledExchange.From(entry);
            if (exchange.Reply is FaultReply)
                continue;
            if (exchange.Request is OpenSessionRequest)
                grid ??= GridBuilder.FromTargets(exchange.Targets);
            else if (exchange.Request is ReportCtfRequest report)
                ctfA[report.Item] = report.CtfMaxResA;
            else if (exchange.Crops is { } file)
                crops.Add((CropFile.Read(Path.Combine(Path.GetDirectoryName(journal)!, file)), ((ScoreHolesRequest)exchange.Request).Items));
        }
        if (grid is null || crops.Count == 0)
            throw new ContractException(FaultCode.BadField, $"{journal} has no crops of holes: they are kept where a session was asked to score_holes");
        int size = cropSize ?? crops[0].Crops.Size;
        float[] pixels = new float[(long)grid.Holes.Count * size * size];
        Array.Fill(pixels, float.NaN);
        var all = new CropStack(size, pixels);
        foreach ((CropStack stack, IReadOnlyList<int> items) in crops)
        {
            CropStack resized = stack.Resized(size);
            for (int i = 0; i < Math.Min(items.Count, resized.Count); i++)
            {
                if (grid.FindItem(items[i]) is { } hole && resized.HasContrast(i))
                    resized[i].CopyTo(all[hole.Index]);
            }
        }
        var greys = new ViewGreys();
        greys.Add(all, [.. grid.Holes.Select(hole => hole.Patch)]);
        ViewScale scale = greys.Scale();
        foreach (Hole hole in grid.Holes)
        {
            if (all.HasContrast(hole.Index)) // the others stay what there is not
                scale.Apply(all[hole.Index], hole.Patch);
        }
        return new HoleSet(grid, size, pixels, [.. grid.Holes.Select(hole => ctfA.GetValueOrDefault(hole.Item, double.NaN))]);
    }
}
