using Bridge.Contracts;

namespace Bridge.Domain.Images;

/// <summary>The bytes of an image file. Nothing is allocated before it is known that the file has so many; every refusal names the file and the field.</summary>
/// <param name="name">The file, for refusals.</param>
/// <param name="stream">Seekable; this object closes it.</param>
public sealed class ImageBytes(string name, Stream stream) : IDisposable
{
    public string Name => name;

    public long Length { get; } = stream.Length;

    /// <summary>Opens a file for reading while others may write it.</summary>
    /// <exception cref="ContractException">It cannot be opened.</exception>
    public static ImageBytes Open(string path)
    {
        try
        {
            // Not opened, because to open a pipe is to wait for its writer; it says that it is empty, as special files do.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
                throw new ContractException(FaultCode.UnreadableFile, $"{path}: the file is empty");
            return new ImageBytes(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"{path}: the image cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A part of the file.</summary>
    /// <param name="field">What it is, for refusals.</param>
    /// <exception cref="ContractException">The file ends before, or cannot be read.</exception>
    public byte[] Read(long offset, long count, string field)
    {
        CheckHolds(offset, count, field);
        byte[] bytes = new byte[count];
        ReadInto(offset, bytes, field);
        return bytes;
    }

    /// <exception cref="ContractException">The file ends before, or cannot be read.</exception>
    public void ReadInto(long offset, Span<byte> bytes, string field)
    {
        CheckHolds(offset, bytes.Length, field);
        try
        {
            stream.Position = offset;
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw Bad($"{field}: the file became shorter while it was read; try again");
        }
        catch (IOException e)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"{name}: {field} cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="ContractException">The file ends before.</exception>
    public void CheckHolds(long offset, long count, string field)
    {
        if (offset < 0 || count < 0 || offset > Length - count)
            throw Bad($"{field} needs bytes {offset} to {(decimal)offset + count}, but the file has {Length}: it was cut short or is damaged; copy it again");
    }

    public ContractException Bad(string what) => new(FaultCode.UnreadableFile, $"{name}: {what}");

    public void Dispose() => stream.Dispose();
}
