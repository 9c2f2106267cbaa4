using Bridge.Contracts;

namespace Bridge.Domain.Images;

/// <summary>Image files of any kind that is known, told apart by their first bytes and not by their names.</summary>
public static class ImageFile
{
    private const int LongestMagic = 8;

    /// <summary>One image of a file.</summary>
    /// <param name="index">From 0: section of an MRC stack, page of a TIFF file, first index of an array.</param>
    /// <exception cref="ContractException">The file cannot be read; the sentence names it and the field.</exception>
    public static Picture Read(string path, int index = 0)
    {
        using ImageSource source = Open(path);
        return source.Read(index);
    }

    /// <summary>Opens a file, whose images are read when they are asked for.</summary>
    /// <exception cref="ContractException">The file cannot be read; the sentence names it and the field.</exception>
    public static ImageSource Open(string path) => Open(ImageBytes.Open(path));

    /// <summary>Takes the bytes over, and closes them if they cannot be read.</summary>
    /// <exception cref="ContractException">They are no image of a known kind.</exception>
    public static ImageSource Open(ImageBytes bytes)
    {
        try
        {
            byte[] magic = bytes.Read(0, Math.Min(LongestMagic, bytes.Length), "the first bytes");
            return magic.AsSpan() switch
            {
                [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => new NpySource(bytes),
                [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A] => new PngSource(bytes),
                [0xFF, 0xD8, 0xFF, ..] => throw bytes.Bad("JPEG is not read, because it changes the values: save the image as TIFF, PNG or MRC"),
                _ => throw bytes.Bad("no image of a known kind (NPY, MRC, TIFF, PNG)"),
            };
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
