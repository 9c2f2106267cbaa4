using System.Globalization;
using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Files;
using Bridge.Domain.Specimen;

namespace Bridge.Domain.Tables;

/// <summary>
/// A table of holes: CSV in UTF-8 with a header. Columns <c>hole</c> (name), <c>grid</c>, <c>square</c>, <c>patch</c> (ids, unique over
/// the table), <c>x_px</c> and <c>y_px</c> (position in the patch image) or <c>x_um</c>, <c>y_um</c> and if known <c>z_um</c> (stage), and
/// where known <c>ctf_max_res_angstrom</c> (measured), <c>predicted_ctf_angstrom</c>, <c>probability</c>. Order does not matter, other
/// columns are left alone. A hole's item is its row, from 1. Positions in pixels are laid out by <see cref="PatchLattice"/>.
/// </summary>
public sealed class HoleTable
{
    /// <summary>Largest table in bytes.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>Most holes in one table.</summary>
    public const int MaxHoles = 200_000;

    /// <summary>Measured CTF values in Å are cut here, as in the code of CryoRL's authors: beyond it a fit means nothing.</summary>
    public const double CtfCapA = 20;

    private readonly string _file;

    private HoleTable(string file, Grid grid, IReadOnlyList<double>? ctfA) => (_file, Grid, CtfA) = (file, grid, ctfA);

    public Grid Grid { get; }

    /// <summary>Measured CTF value in Å of every hole, at most <see cref="CtfCapA"/>; null if the table has no such column.</summary>
    public IReadOnlyList<double>? CtfA { get; }

    /// <exception cref="ContractException">The table has no measured values.</exception>
    public MeasuredGrid Measured => CtfA is null
        ? throw new ContractException(FaultCode.UnreadableFile, $"{_file} line 1: there is no column 'ctf_max_res_angstrom', so nothing can be scored on it; give a table of measured holes")
        : new MeasuredGrid(Grid, CtfA);

    /// <exception cref="ContractException">It cannot be read, is too large or is not such a table; the message names file, line and column.</exception>
    public static HoleTable Read(string path) => Parse(path, InputFile.ReadAllBytes(path, "table of holes", MaxBytes));

    /// <inheritdoc cref="Read"/>
    public static HoleTable Parse(string file, byte[] bytes)
    {
        var rows = HoleRows.Parse(file, bytes);
        PatchLattice? lattice = rows.InPixels ? new PatchLattice(rows.Targets.Select(target => (target.GridImage, target.Square, target.Patch))) : null;
        Grid grid = GridBuilder.FromTargets(lattice is null
            ? rows.Targets
            : rows.Targets.Select(target => target with { Stage = lattice.Place(target.Patch, target.Stage.X, target.Stage.Y) }));
        return new HoleTable(file, grid, rows.CtfA);
    }

    /// <summary>Writes a table with stage positions in µm; it reads back as the same grid.</summary>
    public static void Write(string path, MeasuredGrid measured) => Write(path, measured.Grid, measured.CtfA);

    /// <inheritdoc cref="Write(string, MeasuredGrid)"/>
    public static void Write(string path, Grid grid) => Write(path, grid, ctfA: null);

    private static void Write(string path, Grid grid, IReadOnlyList<double>? ctfA)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        bool predicted = grid.Holes.Any(hole => !double.IsNaN(hole.PredictedCtfA));
        bool probability = grid.Holes.Any(hole => !double.IsNaN(hole.GivenProbability));
        writer.WriteLine($"hole,grid,square,patch,x_um,y_um,z_um{(ctfA is null ? "" : ",ctf_max_res_angstrom")}{(predicted ? ",predicted_ctf_angstrom" : "")}{(probability ? ",probability" : "")}");
        foreach (Hole hole in grid.Holes)
        {
            Patch patch = grid.Patches[hole.Patch];
            writer.Write($"{CsvLine.Quote(hole.Id)},{CsvLine.Quote(grid.GridImages[grid.GridImageOfPatch(hole.Patch)].Id)},{CsvLine.Quote(grid.Squares[patch.Square].Id)},{CsvLine.Quote(patch.Id)}");
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",{hole.Stage.X:R},{hole.Stage.Y:R},{hole.Stage.Z:R}"));
            if (ctfA is not null)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $",{ctfA[hole.Index]:R}"));
            if (predicted)
                writer.Write("," + Number(hole.PredictedCtfA));
            if (probability)
                writer.Write("," + Number(hole.GivenProbability));
            writer.WriteLine();
        }
        OutputFile.Replace(path, Encoding.UTF8.GetBytes(writer.ToString()));
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
