using Bridge.Contracts;

namespace Bridge.Domain.Tables;

/// <summary>Where the columns of a table of holes stand; -1 for a column that is not there. Order and unknown columns do not matter.</summary>
internal sealed class HoleColumns
{
    private HoleColumns(List<string> names)
    {
        Count = names.Count;
        Hole = names.IndexOf("hole");
        GridImage = names.IndexOf("grid");
        Square = names.IndexOf("square");
        Patch = names.IndexOf("patch");
        InPixels = !names.Contains("x_um");
        X = names.IndexOf(InPixels ? "x_px" : "x_um");
        Y = names.IndexOf(InPixels ? "y_px" : "y_um");
        Z = InPixels ? -1 : names.IndexOf("z_um");
        MeasuredCtfA = names.IndexOf("ctf_max_res_angstrom");
        PredictedCtfA = names.IndexOf("predicted_ctf_angstrom");
        Probability = names.IndexOf("probability");
    }

    public int Count { get; }

    public int Hole { get; }

    public int GridImage { get; }

    public int Square { get; }

    public int Patch { get; }

    /// <summary>True if positions are pixels of the patch image, false if they are µm on the stage.</summary>
    public bool InPixels { get; }

    public int X { get; }

    public int Y { get; }

    public int Z { get; }

    public int MeasuredCtfA { get; }

    public int PredictedCtfA { get; }

    public int Probability { get; }

    /// <exception cref="ContractException">A column is missing, or there twice.</exception>
    public static HoleColumns Parse(string file, List<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name))
                throw new ContractException(FaultCode.UnreadableFile, $"{file} line 1: column '{name}' is there twice; remove one");
        }
        var columns = new HoleColumns(names);
        Require(columns.Hole, "hole");
        Require(columns.GridImage, "grid");
        Require(columns.Square, "square");
        Require(columns.Patch, "patch");
        Require(columns.X, columns.InPixels ? "x_px' or 'x_um" : "x_um");
        Require(columns.Y, columns.InPixels ? "y_px" : "y_um");
        return columns;

        void Require(int position, string name)
        {
            if (position < 0)
                throw new ContractException(FaultCode.UnreadableFile, $"{file} line 1: there is no column '{name}'; a table of holes has hole, grid, square, patch, and x_px, y_px or x_um, y_um");
        }
    }
}
