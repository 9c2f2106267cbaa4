using Bridge.Contracts;

namespace Bridge.Domain.Tables;

/// <summary>
/// A stage for tables that have none. Such a table gives a hole's pixel in the image of its patch, and nothing on where patch, square
/// and grid-level image lie. They are laid out on square lattices in the order in which the table names them: grid-level images at
/// least 500 µm apart, squares at least 100 µm, patches 15 µm; a pixel is 0.01 µm, so that a patch view of some 1 000 pixels spans
/// 10 µm. It is a layout for distance only (near is in the same patch, further in the same square …), not where the holes were.
/// </summary>
internal sealed class PatchLattice
{
    public const double UmPerPixel = 0.01;
    public const double PatchPitchUm = 15;
    public const double SquarePitchUm = 100;
    public const double GridImagePitchUm = 500;

    private readonly Dictionary<string, (double X, double Y)> _patchCentres = new(StringComparer.Ordinal);

    /// <param name="rows">Grid-level image, square and patch of every hole, in the order of the table.</param>
    public PatchLattice(IEnumerable<(string GridImage, string Square, string Patch)> rows)
    {
        var gridImages = new List<List<List<string>>>();
        var gridImageOf = new Dictionary<string, List<List<string>>>(StringComparer.Ordinal);
        var squareOf = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach ((string gridImage, string square, string patch) in rows)
        {
            if (!gridImageOf.TryGetValue(gridImage, out List<List<string>>? squares))
                gridImages.Add(gridImageOf[gridImage] = squares = []);
            if (!squareOf.TryGetValue(square, out List<string>? patches))
                squares.Add(squareOf[square] = patches = []);
            if (_patchCentres.TryAdd(patch, default))
                patches.Add(patch);
        }
        double squarePitch = Math.Max(SquarePitchUm, PatchPitchUm * Side(gridImages.SelectMany(squares => squares).Max(patches => patches.Count)));
        double gridImagePitch = Math.Max(GridImagePitchUm, squarePitch * Side(gridImages.Max(squares => squares.Count)));
        for (int g = 0; g < gridImages.Count; g++)
        {
            for (int s = 0; s < gridImages[g].Count; s++)
            {
                for (int p = 0; p < gridImages[g][s].Count; p++)
                {
                    (double gx, double gy) = Place(g, gridImages.Count);
                    (double sx, double sy) = Place(s, gridImages[g].Count);
                    (double px, double py) = Place(p, gridImages[g][s].Count);
                    _patchCentres[gridImages[g][s][p]] = (
                        gx * gridImagePitch + sx * squarePitch + px * PatchPitchUm,
                        gy * gridImagePitch + sy * squarePitch + py * PatchPitchUm);
                }
            }
        }
    }

    public StageUm Place(string patch, double xPixel, double yPixel)
    {
        (double x, double y) = _patchCentres[patch];
        return new StageUm(x + xPixel * UmPerPixel, y + yPixel * UmPerPixel, 0);
    }

    private static (double X, double Y) Place(int index, int count)
    {
        int side = Side(count);
        return (index % side, index / side);
    }

    private static int Side(int count) => (int)Math.Ceiling(Math.Sqrt(count));
}
