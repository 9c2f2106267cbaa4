namespace Bridge.Domain.Images;

/// <summary>A TIFF file (TIFF 6.0, or BigTIFF) of one or more pages, each an image.</summary>
internal sealed class TiffSource : ImageSource
{
    private const int MostPages = 100_000;

    private readonly TiffReader _reader;
    private readonly List<long> _pages = [];

    public TiffSource(ImageBytes bytes)
        : base(bytes)
    {
        _reader = new TiffReader(bytes);
        var seen = new HashSet<long>();
        for (long at = _reader.FirstDirectory; at != 0; at = new TiffDirectory(_reader, at).Next)
        {
            if (!seen.Add(at) || seen.Count > MostPages)
                throw bytes.Bad($"TIFF: page {seen.Count} is followed by an earlier one, or there are more than {MostPages}: the file is damaged");
            _pages.Add(at);
        }
        if (_pages.Count == 0)
            throw bytes.Bad("TIFF: there is no page in it");
    }

    public override string Format => "TIFF";

    public override int Count => _pages.Count;

    private protected override Picture ReadOne(int index) => new TiffPage(_reader, new TiffDirectory(_reader, _pages[index])).Read();
}
