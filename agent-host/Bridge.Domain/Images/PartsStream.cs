namespace Bridge.Domain.Images;

/// <summary>Parts of a file, one after the other, to be read once.</summary>
internal sealed class PartsStream(ImageBytes file, IReadOnlyList<(long Offset, int Length)> parts) : Stream
{
    private int _part;
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (_part < parts.Count && _read == parts[_part].Length)
            (_part, _read) = (_part + 1, 0);
        if (_part == parts.Count)
            return 0;
        int count = Math.Min(buffer.Length, parts[_part].Length - _read);
        file.ReadInto(parts[_part].Offset + _read, buffer[..count], "the pixels");
        _read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
