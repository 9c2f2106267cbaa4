using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Files;
using Bridge.Domain.Images;

namespace Bridge.Agents.Classifier.Crops;

/// <summary>A stack of square crops in a file: written as NPY, (crops, s, s) of 32-bit floats; read from whatever kind <see cref="ImageFile"/> knows.</summary>
public static class CropFile
{
    /// <summary>Pixels along a crop.</summary>
    public const int LeastSize = 8, MostSize = 512;

    private const long MostPixels = 1L << 28;

    /// <exception cref="ContractException">It cannot be read, or its images are no square crops of one size.</exception>
    public static CropStack Read(string path)
    {
        using ImageSource source = ImageFile.Open(path);
        float[] pixels = [];
        int size = 0;
        for (int i = 0; i < source.Count; i++)
        {
            Picture picture = source.Read(i);
            if (i == 0)
            {
                size = picture.Width;
                if (size is < LeastSize or > MostSize || (long)source.Count * size * size > MostPixels)
                    throw new ContractException(FaultCode.TooLarge, $"{path}: {source.Count} crops of {size} px; {LeastSize} to {MostSize} px and {MostPixels} pixels in all are the limits");
                pixels = new float[source.Count * size * size];
            }
            if (picture.Width != size || picture.Height != size)
                throw new ContractException(FaultCode.UnreadableFile, $"{path}: crop {i} is {picture.Width} x {picture.Height} px; all crops must be square and of one size, the first is {size} px wide");
            picture.Values.CopyTo(pixels.AsSpan(i * size * size));
        }
        return new CropStack(size, pixels);
    }

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, CropStack crops)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({crops.Count}, {crops.Size}, {crops.Size}), }}");
        text = text.PadRight(64 * ((10 + text.Length + 1 + 63) / 64) - 11) + "\n"; // NumPy's format 1.0: data begin at a multiple of 64 bytes
        byte[] file = new byte[10 + text.Length + 4L * crops.Pixels.Length];
        ((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]).CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)text.Length);
        Encoding.ASCII.GetBytes(text, file.AsSpan(10));
        Span<float> data = MemoryMarshal.Cast<byte, float>(file.AsSpan(10 + text.Length));
        crops.Pixels.CopyTo(data);
        OutputFile.Replace(path, file);
    }
}
