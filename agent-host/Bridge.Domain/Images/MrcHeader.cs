using System.Buffers.Binary;

namespace Bridge.Domain.Images;

/// <summary>
/// What is needed of an MRC header (MRC2014, Cheng et al. 2015; IMOD's additions as its mrc_format.txt and b3dutil have them). Numbers are read in
/// the byte order in which they make sense: the machine stamp of many files is wrong.
/// </summary>
/// <param name="Width">Pixels of a row; of packed halves (<see cref="IsPacked"/>) the unpacked number.</param>
/// <param name="DataOffset">Where the first section begins, behind the extended header.</param>
/// <param name="IsPacked">Two values of 4 bits a byte, the first in the low bits.</param>
internal sealed record MrcHeader(int Width, int Height, int Sections, SampleType Type, bool IsPacked, long DataOffset, double? PixelA)
{
    public const int Bytes = 1024;

    /// <summary>Modes of whose names a refusal can say something.</summary>
    private const int ComplexInt = 3, ComplexFloat = 4, Rgb = 16, FourBits = 101;

    private const int ImodStamp = 1146047817, ImodSignedBytes = 1, ImodFourBits = 16;

    public long RowBytes => IsPacked ? (Width + 1) / 2 : (long)Width * Type.Bytes;

    public long SectionBytes => RowBytes * Height;

    /// <summary>True if it can be no other kind of file: it says so itself, or all its numbers make sense.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> header)
        => header.Length >= Bytes && (header[208..].StartsWith("MAP"u8) || MakesSense(header, bigEndian: false) || MakesSense(header, bigEndian: true));

    /// <exception cref="Contracts.ContractException">A number is out of range, or the mode is not read.</exception>
    public static MrcHeader Read(ImageBytes file)
    {
        byte[] header = file.Read(0, Bytes, "the MRC header");
        bool saysBig = header[212] == 0x11;
        bool bigEndian = MakesSense(header, bigEndian: true) && (saysBig || !MakesSense(header, bigEndian: false));
        int width = Int(header, 0, bigEndian), height = Int(header, 4, bigEndian), sections = Int(header, 8, bigEndian), mode = Int(header, 12, bigEndian);
        Picture.CheckSize(file.Name, "MRC nx, ny", width, height);
        if (sections < 1)
            throw file.Bad($"MRC nz is {sections}: a file has at least one section");
        int flags = Int(header, 152, bigEndian) == ImodStamp ? Int(header, 156, bigEndian) : 0;
        bool isHalfWidth = mode == 0 && (flags & ImodFourBits) != 0;
        if (isHalfWidth)
            Picture.CheckSize(file.Name, "MRC nx (4-bit), ny", width *= 2, height);
        int extended = Int(header, 92, bigEndian);
        if (extended < 0 || extended > file.Length - Bytes)
            throw file.Bad($"MRC next (bytes of the extended header) is {extended}, the file has {file.Length}: the file is damaged");
        var result = new MrcHeader(width, height, sections, TypeOf(file, mode, header, bigEndian), isHalfWidth || mode == FourBits, Bytes + extended, PixelOf(header, bigEndian));
        // Cannot overflow: 2^31 sections of 2^28 pixels of 4 bytes are 2^61.
        file.CheckHolds(result.DataOffset, sections * result.SectionBytes, $"MRC nx, ny, nz ({width} x {height} x {sections}, mode {mode})");
        return result;
    }

    private static SampleType TypeOf(ImageBytes file, int mode, ReadOnlySpan<byte> header, bool bigEndian) => mode switch
    {
        0 => new SampleType(AreBytesSigned(header, bigEndian) ? SampleKind.Signed : SampleKind.Unsigned, 1),
        1 => new SampleType(SampleKind.Signed, 2, bigEndian),
        2 => new SampleType(SampleKind.Float, 4, bigEndian),
        6 => new SampleType(SampleKind.Unsigned, 2, bigEndian),
        12 => new SampleType(SampleKind.Float, 2, bigEndian),
        FourBits => new SampleType(SampleKind.Unsigned, 1),
        ComplexInt or ComplexFloat => throw file.Bad($"MRC mode {mode} is a transform with complex values; give the image itself (mode 0, 1, 2, 6, 12 or 101)"),
        Rgb => throw file.Bad("MRC mode 16 has colours; save it in grey (IMOD: newstack -mode 2)"),
        _ => throw file.Bad($"MRC mode {mode} is not known (0, 1, 2, 6, 12 and 101 are read)"),
    };

    /// <summary>IMOD's rule: its own files say it with a flag; of others least and most value decide, and in doubt bytes have no sign.</summary>
    private static bool AreBytesSigned(ReadOnlySpan<byte> header, bool bigEndian)
    {
        if (Int(header, 152, bigEndian) == ImodStamp)
            return (Int(header, 156, bigEndian) & ImodSignedBytes) != 0;
        float min = Float(header, 76, bigEndian), max = Float(header, 80, bigEndian);
        return min < 0 && (max < 128 || -min > max - 128);
    }

    private static double? PixelOf(ReadOnlySpan<byte> header, bool bigEndian)
    {
        double cell = Float(header, 40, bigEndian), samples = Int(header, 28, bigEndian);
        double pixel = cell / samples;
        return samples > 0 && pixel is > 1e-6 and < 1e9 ? pixel : null;
    }

    private static bool MakesSense(ReadOnlySpan<byte> header, bool bigEndian)
        => Int(header, 0, bigEndian) is > 0 and <= Picture.LongestEdge
            && Int(header, 4, bigEndian) is > 0 and <= Picture.LongestEdge
            && Int(header, 8, bigEndian) is > 0 and <= Picture.LongestEdge
            && Int(header, 12, bigEndian) is (>= 0 and <= 16) or FourBits
            && Int(header, 64, bigEndian) is >= 0 and <= 3;

    private static int Int(ReadOnlySpan<byte> header, int at, bool bigEndian)
        => bigEndian ? BinaryPrimitives.ReadInt32BigEndian(header[at..]) : BinaryPrimitives.ReadInt32LittleEndian(header[at..]);

    private static float Float(ReadOnlySpan<byte> header, int at, bool bigEndian) => BitConverter.Int32BitsToSingle(Int(header, at, bigEndian));
}
