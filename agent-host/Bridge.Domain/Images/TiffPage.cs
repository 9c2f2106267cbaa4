namespace Bridge.Domain.Images;

/// <summary>One page of a TIFF file: whole or floating-point numbers in strips or tiles. Colours become their luma (ITU-R BT.601).</summary>
internal sealed class TiffPage
{
    /// <summary>Strips or tiles of one page: tiles of 16 x 16, the smallest that there are, for the largest image.</summary>
    private const long MostBlocks = Picture.MostPixels / 256;

    private const int WhiteIsZero = 0, BlackIsZero = 1, Rgb = 2;
    private const int UnsignedFormat = 1, SignedFormat = 2, FloatFormat = 3, Undefined = 4;

    private readonly ImageBytes _file;
    private readonly TiffDirectory _directory;
    private readonly int _width, _height, _samples, _compression;
    private readonly bool _differences, _inverted;
    private readonly SampleType _type;

    /// <exception cref="Contracts.ContractException">A field is missing, out of range, or asks for what is not read.</exception>
    public TiffPage(TiffReader reader, TiffDirectory directory)
    {
        (_file, _directory) = (reader.File, directory);
        long width = directory.One(TiffTag.ImageWidth), height = directory.One(TiffTag.ImageLength);
        Picture.CheckSize(_file.Name, "TIFF ImageWidth, ImageLength", width, height);
        (_width, _height) = ((int)width, (int)height);
        long bits = directory.One(TiffTag.BitsPerSample, 1), format = directory.One(TiffTag.SampleFormat, UnsignedFormat);
        _type = new SampleType(format switch { SignedFormat => SampleKind.Signed, FloatFormat => SampleKind.Float, _ => SampleKind.Unsigned }, (int)Math.Min(bits / 8, 99), reader.BigEndian);
        if (bits % 8 != 0 || !_type.IsKnown || format is < UnsignedFormat or > Undefined)
            throw _file.Bad($"TIFF BitsPerSample {bits} with SampleFormat {format} is not read; save it with 8, 16 or 32 bits or as float");
        long photometric = directory.One(TiffTag.PhotometricInterpretation, BlackIsZero), samples = directory.One(TiffTag.SamplesPerPixel, 1);
        if (photometric is not (WhiteIsZero or BlackIsZero or Rgb))
            throw _file.Bad($"TIFF PhotometricInterpretation {photometric} is not read (0, 1 or 2); save it in grey");
        if (samples < (photometric == Rgb ? 3 : 1) || samples > 4)
            throw _file.Bad($"TIFF SamplesPerPixel {samples} is not read with PhotometricInterpretation {photometric}");
        _samples = (int)samples;
        _inverted = photometric == WhiteIsZero && _type.Kind == SampleKind.Unsigned;
        if (samples > 1 && directory.One(TiffTag.PlanarConfiguration, 1) != 1)
            throw _file.Bad("TIFF PlanarConfiguration 2 (a plane for each colour) is not read; save it in grey");
        if (directory.One(TiffTag.FillOrder, 1) != 1)
            throw _file.Bad("TIFF FillOrder 2 (the bits of a byte backwards) is not read; save it again");
        _compression = (int)Math.Min(directory.One(TiffTag.Compression, TiffCompression.None), int.MaxValue);
        if (TiffCompression.WhyNot(_compression) is { } why)
            throw _file.Bad($"TIFF Compression {_compression} {why}; save it uncompressed, or with LZW or deflate");
        long predictor = directory.One(TiffTag.Predictor, 1);
        if (predictor is not (1 or 2) || predictor == 2 && _type.Kind == SampleKind.Float)
            throw _file.Bad($"TIFF Predictor {predictor} is not read for this kind of number; save it without");
        _differences = predictor == 2;
    }

    public Picture Read()
    {
        bool isTiled = _directory.Has(TiffTag.TileOffsets);
        long blockWidth = isTiled ? _directory.One(TiffTag.TileWidth) : _width;
        long blockHeight = isTiled ? _directory.One(TiffTag.TileLength) : Math.Min(_directory.One(TiffTag.RowsPerStrip, _height), _height);
        Picture.CheckSize(_file.Name, isTiled ? "TIFF TileWidth, TileLength" : "TIFF RowsPerStrip", blockWidth, blockHeight);
        long across = (_width + blockWidth - 1) / blockWidth, down = (_height + blockHeight - 1) / blockHeight;
        if (across * down > MostBlocks)
            throw _file.Bad($"TIFF: {across * down} strips or tiles for {_width} x {_height} pixels: the file is damaged");
        TiffTag offsetsTag = isTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets, countsTag = isTiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts;
        long[] offsets = _directory.All(offsetsTag, across * down), counts = _directory.All(countsTag, across * down);
        if (offsets.Length < across * down || counts.Length < across * down)
            throw _file.Bad($"TIFF {offsetsTag} and {countsTag} have {offsets.Length} and {counts.Length} values, {across * down} are needed");
        long[] needs = new long[offsets.Length];
        for (int i = 0; i < needs.Length; i++)
        {
            long rows = isTiled ? blockHeight : Math.Min(blockHeight, _height - i / across * blockHeight);
            needs[i] = rows * blockWidth * _samples * _type.Bytes;
            _file.CheckHolds(offsets[i], counts[i], $"TIFF {offsetsTag} {i + 1}");
            if (needs[i] > Array.MaxLength || needs[i] > counts[i] * TiffCompression.MostExpansion(_compression))
                throw _file.Bad($"TIFF {countsTag} {i + 1} is {counts[i]}, which cannot hold {blockWidth} x {rows} pixels: the file is damaged");
        }
        float[] values = new float[_width * _height];
        for (int i = 0; i < needs.Length; i++)
        {
            byte[] packed = _file.Read(offsets[i], counts[i], $"TIFF {offsetsTag} {i + 1}");
            byte[] raw = TiffCompression.Expand(_compression, packed, (int)needs[i])
                ?? throw _file.Bad($"TIFF {offsetsTag} {i + 1}: its compressed bytes are damaged or too few");
            Place(raw, values, (int)(i % across * blockWidth), (int)(i / across * blockHeight), (int)blockWidth);
        }
        return new Picture(_width, _height, values);
    }

    private void Place(byte[] raw, float[] values, int left, int top, int blockWidth)
    {
        int rowBytes = blockWidth * _samples * _type.Bytes;
        float[] row = new float[blockWidth * _samples];
        int columns = Math.Min(blockWidth, _width - left);
        for (int y = 0; y < raw.Length / rowBytes && top + y < _height; y++)
        {
            Span<byte> bytes = raw.AsSpan(y * rowBytes, rowBytes);
            if (_differences)
                TiffCompression.Accumulate(bytes, _samples, _type.Bytes, _type.BigEndian);
            _type.Decode(bytes, row);
            Span<float> into = values.AsSpan((top + y) * _width + left, columns);
            for (int x = 0; x < columns; x++)
            {
                float value = _samples < 3 ? row[x * _samples] : 0.299f * row[x * _samples] + 0.587f * row[x * _samples + 1] + 0.114f * row[x * _samples + 2];
                into[x] = _inverted ? (float)(Math.Pow(2, 8 * _type.Bytes) - 1 - value) : value;
            }
        }
    }
}
