using System.Buffers.Binary;
using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Files;

namespace Bridge.Domain.Images;

/// <summary>Writes MRC2014 files of mode 2 (float), low byte first.</summary>
public static class MrcWriter
{
    private const int Version = 20140, LabelBytes = 80;

    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="sections">One image or a stack; all of one size.</param>
    /// <param name="label">What it is: ASCII, at most 80 characters.</param>
    /// <exception cref="ContractException">No section, or sections of several sizes, or too many for one file of 2 GB.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<Picture> sections, string label) => OutputFile.Replace(path, Encode(path, sections, label));

    internal static byte[] Encode(string path, IReadOnlyList<Picture> sections, string label)
    {
        if (sections.Count == 0)
            throw new ContractException(FaultCode.BadField, $"{path}: there is no image to write");
        Picture first = sections[0];
        long size = MrcHeader.Bytes + (long)sections.Count * first.Values.Length * sizeof(float);
        if (size > Array.MaxLength)
            throw new ContractException(FaultCode.TooLarge, $"{path}: {sections.Count} images of {first.Width} x {first.Height} are more than 2 GB; write several files");
        byte[] file = new byte[size];
        int at = MrcHeader.Bytes;
        (float min, float max, double sum, double squares) = (float.PositiveInfinity, float.NegativeInfinity, 0, 0);
        foreach (Picture section in sections)
        {
            if (section.Width != first.Width || section.Height != first.Height)
                throw new ContractException(FaultCode.BadField, $"{path}: the images of one file are of one size, not {first.Width} x {first.Height} and {section.Width} x {section.Height}");
            foreach (float value in section.Values)
            {
                BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(at), value);
                at += sizeof(float);
                if (float.IsNaN(value))
                    continue;
                (min, max, sum, squares) = (Math.Min(min, value), Math.Max(max, value), sum + value, squares + (double)value * value);
            }
        }
        double count = (double)sections.Count * first.Values.Length, mean = sum / count;
        Span<int> numbers = stackalloc int[MrcHeader.Bytes / sizeof(int)];
        numbers.Clear();
        (numbers[0], numbers[1], numbers[2], numbers[3]) = (first.Width, first.Height, sections.Count, 2);
        (numbers[7], numbers[8], numbers[9]) = (first.Width, first.Height, 1);
        if (first.PixelA is { } pixel)
            (numbers[10], numbers[11], numbers[12]) = (Bits(pixel * first.Width), Bits(pixel * first.Height), Bits(pixel));
        numbers[13..16].Fill(Bits(90));
        (numbers[16], numbers[17], numbers[18]) = (1, 2, 3);
        (numbers[19], numbers[20], numbers[21], numbers[54]) = (Bits(min), Bits(max), Bits(mean), Bits(Math.Sqrt(Math.Max(0, squares / count - mean * mean))));
        (numbers[27], numbers[55]) = (Version, 1);
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(i * sizeof(int)), numbers[i]);
        "MAP DD"u8.CopyTo(file.AsSpan(208));
        Encoding.ASCII.GetBytes(label.Length <= LabelBytes ? label : label[..LabelBytes]).CopyTo(file, 224);
        return file;
    }

    private static int Bits(double value) => BitConverter.SingleToInt32Bits((float)value);
}
