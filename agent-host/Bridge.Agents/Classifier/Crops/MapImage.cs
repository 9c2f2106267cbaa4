using Bridge.Contracts;
using Bridge.Domain.Images;
using Bridge.Domain.Mdoc;

namespace Bridge.Agents.Classifier.Crops;

/// <summary>
/// The image of one map: a section of a file, or a montage whose pieces are read only where they are asked for. Rows are in the file's order, which is bottom up in MRC files and top down in others.
/// </summary>
public sealed class MapImage : IDisposable
{
    /// <summary>Pieces that are kept in memory.</summary>
    private const int Kept = 4;

    private readonly ImageSource _source;
    private readonly List<(int Section, int X, int Y)> _pieces = [];
    private readonly Dictionary<int, Picture> _read = [];
    private readonly Queue<int> _order = new();

    /// <param name="file">The map's file; beside it, of a montage, FILE.mdoc.</param>
    /// <exception cref="ContractException">It cannot be read, or lacks the pieces.</exception>
    public MapImage(MapView view, string file)
    {
        Name = file;
        _source = ImageFile.Open(file);
        try
        {
            if (view.IsMontage)
                ReadPieces(file + ".mdoc", view.Section);
            else
                _pieces.Add((view.Section, 0, 0));
            Picture first = Read(_pieces[0].Section);
            (PieceWidth, PieceHeight) = (first.Width, first.Height);
            Width = _pieces.Max(piece => piece.X) + PieceWidth;
            Height = _pieces.Max(piece => piece.Y) + PieceHeight;
        }
        catch
        {
            _source.Dispose();
            throw;
        }
    }

    public string Name { get; }

    /// <summary>Pixels of the whole.</summary>
    public int Width { get; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; }

    public int PieceWidth { get; }

    public int PieceHeight { get; }

    /// <summary>True if the first row of the file is the lowest of the shown image.</summary>
    public bool IsBottomUp => _source.Format == "MRC";

    /// <summary>Cuts a crop out of the piece whose middle is nearest.</summary>
    /// <param name="frame">In pixels of the whole, in the file's order of rows.</param>
    /// <param name="to">(size, size).</param>
    /// <returns>Share of the crop's pixels that have a value.</returns>
    /// <exception cref="ContractException">The piece cannot be read.</exception>
    public double Cut(CropFrame frame, Span<float> to, int size)
    {
        (int section, int x, int y) = _pieces.MinBy(piece => Math.Pow(piece.X + PieceWidth / 2.0 - frame.X, 2) + Math.Pow(piece.Y + PieceHeight / 2.0 - frame.Y, 2));
        Picture picture = Read(section);
        return Cropping.Cut(picture.Values, picture.Width, picture.Height, frame with { X = frame.X - x, Y = frame.Y - y }, to, size);
    }

    public void Dispose() => _source.Dispose();

    private Picture Read(int section)
    {
        if (_read.TryGetValue(section, out Picture? known))
            return known;
        Picture picture = _source.Read(section);
        Illumination.Flatten(picture);
        _read.Add(section, picture);
        _order.Enqueue(section);
        if (_order.Count > Kept)
            _read.Remove(_order.Dequeue());
        return picture;
    }

    /// <summary>Places of the pieces: as SerialEM aligned them where it says so, else as they were taken.</summary>
    private void ReadPieces(string mdoc, int montage)
    {
        double[] aligned = new double[3];
        foreach (MdocSection section in MdocFile.Read(mdoc).Images)
        {
            if (section.PieceCoordinates is not { } taken || taken.Z != montage || section.Number is not { } number)
                continue;
            bool isAligned = section.Section.Numbers("AlignedPieceCoordsVS", aligned) == 3 || section.Section.Numbers("AlignedPieceCoords", aligned) == 3;
            _pieces.Add(isAligned && Math.Abs(aligned[0]) < 1e7 && Math.Abs(aligned[1]) < 1e7 ? (number, (int)aligned[0], (int)aligned[1]) : (number, taken.X, taken.Y));
        }
        if (_pieces.Count == 0)
            throw new ContractException(FaultCode.UnreadableFile, $"{mdoc}: no section has 'PieceCoordinates' of montage {montage}; the pieces of the map cannot be placed");
        int left = _pieces.Min(piece => piece.X), low = _pieces.Min(piece => piece.Y);
        for (int i = 0; i < _pieces.Count; i++)
            _pieces[i] = (_pieces[i].Section, _pieces[i].X - left, _pieces[i].Y - low);
    }
}
