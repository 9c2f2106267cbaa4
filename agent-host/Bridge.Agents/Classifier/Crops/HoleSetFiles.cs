using Bridge.Contracts;
using Bridge.Domain.Tables;

namespace Bridge.Agents.Classifier.Crops;

/// <summary>A set of holes from a table and a stack of their crops.</summary>
public static class HoleSetFiles
{
    /// <param name="table">CSV, see <see cref="HoleTable"/>.</param>
    /// <param name="crops">One crop for each row of the table, see <see cref="CropFile"/>; normalised over all of them; a patch is one view.</param>
    /// <exception cref="ContractException">One of them cannot be read, or they do not fit.</exception>
    public static HoleSet Read(string table, string crops)
    {
        HoleTable holes = HoleTable.Read(table);
        CropStack stack = CropFile.Read(crops);
        if (stack.Count != holes.Grid.Holes.Count)
            throw new ContractException(FaultCode.BadField, $"{crops} has {stack.Count} crops, {table} has {holes.Grid.Holes.Count} holes: one for each row, in its order");
        ViewGreys.Normalise(stack, [.. holes.Grid.Holes.Select(hole => hole.Patch)]);
        return new HoleSet(holes.Grid, stack.Size, stack.Pixels, [.. holes.Measured.CtfA]);
    }
}
