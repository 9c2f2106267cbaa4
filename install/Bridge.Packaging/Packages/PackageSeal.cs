using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Packaging.Packages;

/// <summary>Takes chance out of a package that wixl has written: the time of day and the random package code in its summary. Each is written over in place.
/// (Summary: [MS-OLEPS], a property set stream; property numbers: Windows Installer, "Summary Information Stream Property Set".)</summary>
public static class PackageSeal
{
    private const int PackageCode = 9, Created = 12, LastSaved = 13;
    private const uint LpStr = 30, FileTime = 64;

    /// <summary>Bytes of a GUID in braces, and the zero after it.</summary>
    private const int CodeBytes = 39;

    /// <summary>Where a property set stream names its format and where its section begins, from the start of the stream.</summary>
    private const int FormatAt = 28, SectionOffsetAt = 44;

    private static readonly byte[] s_format = new Guid("F29F85E0-4FF9-1068-AB91-08002B27B3D9").ToByteArray();

    /// <summary>Sets both times, and as package code one that follows from everything else in the package: two packages with the same code are the same.</summary>
    /// <exception cref="InvalidDataException">It has no summary of the form that wixl writes.</exception>
    public static void Apply(Span<byte> package, DateTimeOffset time)
    {
        Span<byte> stream = SummaryOf(package);
        BinaryPrimitives.WriteInt64LittleEndian(ValueOf(stream, Created, FileTime, 8), time.UtcDateTime.ToFileTimeUtc());
        BinaryPrimitives.WriteInt64LittleEndian(ValueOf(stream, LastSaved, FileTime, 8), time.UtcDateTime.ToFileTimeUtc());
        Span<byte> code = ValueOf(stream, PackageCode, LpStr, 4 + CodeBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(code) != CodeBytes || code[4] != '{')
            throw new InvalidDataException("the package code in the summary is no GUID");
        code = code.Slice(4, CodeBytes - 1);
        code.Fill((byte)'0');
        Encoding.ASCII.GetBytes(new Guid(SHA256.HashData(package).AsSpan(0, 16)).ToString("B").ToUpperInvariant(), code);
    }

    private static Span<byte> SummaryOf(Span<byte> package)
    {
        int at = package.IndexOf(s_format);
        if (at < FormatAt || package[at..].Length < 100 || package[(at + 1)..].IndexOf(s_format) >= 0)
            throw new InvalidDataException("the package has not one summary");
        return package[(at - FormatAt)..];
    }

    /// <summary>The value of a property, behind its type.</summary>
    private static Span<byte> ValueOf(Span<byte> stream, int property, uint type, int bytes)
    {
        try
        {
            Span<byte> section = stream[BinaryPrimitives.ReadInt32LittleEndian(stream[SectionOffsetAt..])..];
            int count = BinaryPrimitives.ReadInt32LittleEndian(section[4..]);
            for (int i = 0; i < count; i++)
            {
                Span<byte> entry = section[(8 + 8 * i)..];
                if (BinaryPrimitives.ReadInt32LittleEndian(entry) != property)
                    continue;
                Span<byte> value = section[BinaryPrimitives.ReadInt32LittleEndian(entry[4..])..];
                return BinaryPrimitives.ReadUInt32LittleEndian(value) == type ? value.Slice(4, bytes) : throw new InvalidDataException($"property {property} of the summary has another type than {type}");
            }
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException("the package's summary points outside of it", e);
        }
        throw new InvalidDataException($"the package's summary has no property {property}");
    }
}
