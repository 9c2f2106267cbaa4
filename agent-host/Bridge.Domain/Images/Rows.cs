namespace Bridge.Domain.Images;

/// <summary>Reads packed values of a file piece by piece, so that the bytes of a large image need no second copy of it.</summary>
internal static class Rows
{
    /// <summary>Values that are decoded at once.</summary>
    private const int Chunk = 1 << 18;

    /// <exception cref="Contracts.ContractException">The file is too short.</exception>
    public static void Decode(ImageBytes file, long offset, SampleType type, Span<float> values, string field)
    {
        file.CheckHolds(offset, (long)values.Length * type.Bytes, field);
        byte[] raw = System.Buffers.ArrayPool<byte>.Shared.Rent(Math.Min(Chunk, values.Length) * type.Bytes);
        try
        {
            for (int done = 0; done < values.Length; done += Chunk)
            {
                Span<float> part = values.Slice(done, Math.Min(Chunk, values.Length - done));
                Span<byte> bytes = raw.AsSpan(0, part.Length * type.Bytes);
                file.ReadInto(offset + (long)done * type.Bytes, bytes, field);
                type.Decode(bytes, part);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(raw);
        }
    }
}
