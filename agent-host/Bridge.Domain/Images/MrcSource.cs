namespace Bridge.Domain.Images;

/// <summary>An MRC file or stack, as SerialEM, IMOD and others write it. Rows come in the file's order; most programs show the first one at the bottom.</summary>
internal sealed class MrcSource(ImageBytes bytes) : ImageSource(bytes)
{
    private readonly MrcHeader _header = MrcHeader.Read(bytes);

    public override string Format => "MRC";

    public override int Count => _header.Sections;

    private protected override Picture ReadOne(int index)
    {
        long offset = _header.DataOffset + index * _header.SectionBytes;
        float[] values = new float[_header.Width * _header.Height];
        if (_header.IsPacked)
            Unpack(offset, values, index);
        else
            Rows.Decode(File, offset, _header.Type, values, $"MRC section {index}");
        return new Picture(_header.Width, _header.Height, values) { PixelA = _header.PixelA };
    }

    private void Unpack(long offset, float[] values, int index)
    {
        byte[] row = new byte[_header.RowBytes];
        for (int y = 0; y < _header.Height; y++)
        {
            File.ReadInto(offset + y * _header.RowBytes, row, $"MRC section {index}");
            for (int x = 0; x < _header.Width; x++)
                values[y * _header.Width + x] = (x & 1) == 0 ? row[x / 2] & 15 : row[x / 2] >> 4;
        }
    }
}
