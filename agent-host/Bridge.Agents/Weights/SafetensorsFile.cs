using System.Buffers.Binary;

namespace Bridge.Agents.Weights;

/// <summary>An open safetensors file whose header was found right; its errors name the file and its size.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    private readonly Stream _stream;
    private readonly string _name;
    private readonly long _dataStart;

    private SafetensorsFile(Stream stream, string name, SafetensorsHeader header, long dataStart)
        => (_stream, _name, Header, _dataStart) = (stream, name, header, dataStart);

    public SafetensorsHeader Header { get; }

    /// <exception cref="InvalidDataException">It is larger than <paramref name="maxBytes"/>, cut short, or no safetensors file.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static SafetensorsFile Open(string path, long maxBytes)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Open(stream, stream.Name, maxBytes);
    }

    /// <inheritdoc cref="Open(string, long)"/>
    /// <param name="stream">Seekable; closed with this, and if it cannot be read.</param>
    public static SafetensorsFile Open(Stream stream, string name, long maxBytes)
    {
        try
        {
            long length = stream.Length;
            if (length > maxBytes)
                throw new InvalidDataException($"it is larger than the limit of {maxBytes} bytes");
            long dataStart = sizeof(ulong) + ReadHeaderLength(stream, length);
            byte[] json = new byte[dataStart - sizeof(ulong)];
            stream.ReadExactly(json);
            return new SafetensorsFile(stream, name, SafetensorsHeader.Parse(json, length - dataStart), dataStart);
        }
        catch (Exception e)
        {
            using (stream)
            {
                if (e is InvalidDataException or EndOfStreamException)
                    throw Error(stream, name, e);
                throw;
            }
        }
    }

    /// <summary>Fills <paramref name="destination"/> with the bytes of a tensor (little-endian, C order).</summary>
    public void Read(SafetensorsEntry entry, Span<byte> destination)
    {
        _stream.Position = _dataStart + entry.Begin;
        try
        {
            _stream.ReadExactly(destination);
        }
        catch (EndOfStreamException e)
        {
            throw Error(new InvalidDataException($"tensor '{entry.Name}' ({entry.Kind}): the file became shorter while it was read", e));
        }
    }

    /// <summary>An error about what is in the file, with its name and size in front.</summary>
    public InvalidDataException Error(Exception inner) => Error(_stream, _name, inner);

    public void Dispose() => _stream.Dispose();

    private static long ReadHeaderLength(Stream stream, long length)
    {
        if (length < sizeof(ulong) + 2)
            throw new InvalidDataException("it is too short for a safetensors file");
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerBytes > SafetensorsHeader.MaxBytes)
            throw new InvalidDataException($"its header claims {headerBytes} bytes, more than the limit of {SafetensorsHeader.MaxBytes}: it is no safetensors file");
        if (headerBytes > (ulong)(length - sizeof(ulong)))
            throw new InvalidDataException($"its header claims {headerBytes} bytes: the file was cut short");
        return (long)headerBytes;
    }

    private static InvalidDataException Error(Stream stream, string name, Exception inner)
        => new($"{name} ({stream.Length} bytes): {inner.Message}", inner);
}
