using System.Buffers.Binary;

namespace Bridge.Domain.Images;

/// <summary>Numbers of a TIFF file (TIFF 6.0, and BigTIFF with its longer offsets) in the file's byte order.</summary>
internal sealed class TiffReader
{
    private readonly bool _bigEndian;

    /// <exception cref="Contracts.ContractException">The header is none of a TIFF file.</exception>
    public TiffReader(ImageBytes file)
    {
        File = file;
        byte[] header = file.Read(0, 8, "the TIFF header");
        _bigEndian = header[0] == 'M';
        int version = (int)Number(header, 2, 2);
        IsBig = version == 43;
        if (version is not (42 or 43))
            throw file.Bad($"TIFF version {version} is not known (42, or 43 of BigTIFF)");
        FirstDirectory = IsBig ? ToOffset(Number(file.Read(8, 8, "the TIFF header"), 0, 8)) : (long)Number(header, 4, 4);
    }

    public ImageBytes File { get; }

    public long FirstDirectory { get; }

    public bool BigEndian => _bigEndian;

    /// <summary>BigTIFF: counts and offsets of 8 bytes.</summary>
    public bool IsBig { get; }

    /// <summary>A whole number of some bytes, 1, 2, 4 or 8.</summary>
    public ulong Number(ReadOnlySpan<byte> bytes, int at, int size)
    {
        ulong number = 0;
        for (int i = 0; i < size; i++)
            number = number << 8 | bytes[at + (_bigEndian ? i : size - 1 - i)];
        return number;
    }

    /// <summary>Bytes of one value of a field type that is read; 0 for others.</summary>
    public static int BytesOf(int type) => type switch { 1 => 1, 3 => 2, 4 => 4, 16 => 8, _ => 0 };

    /// <summary>An offset as it is checked later: too large a one becomes one that no file has.</summary>
    public static long ToOffset(ulong offset) => offset > long.MaxValue ? long.MaxValue : (long)offset;
}
