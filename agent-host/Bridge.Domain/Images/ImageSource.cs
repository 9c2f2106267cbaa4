using Bridge.Contracts;

namespace Bridge.Domain.Images;

/// <summary>An open image file: one or more images that are read one at a time, so that memory follows the image and not the stack.</summary>
public abstract class ImageSource(ImageBytes bytes) : IDisposable
{
    /// <summary>What kind of file it is: <c>NPY</c>, <c>MRC</c>, <c>TIFF</c>, <c>PNG</c>.</summary>
    public abstract string Format { get; }

    /// <summary>Images in it, from 1.</summary>
    public abstract int Count { get; }

    private protected ImageBytes File => bytes;

    /// <summary>One image.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ContractException">There is no such image, it is damaged, or none of its values is a number.</exception>
    public Picture Read(int index = 0)
    {
        if (index < 0 || index >= Count)
            throw File.Bad($"there is no image {index}: it has {Count}, counted from 0");
        Picture picture = ReadOne(index);
        foreach (float value in picture.Values)
        {
            if (!float.IsNaN(value))
                return picture;
        }
        throw File.Bad($"image {index}: none of its {picture.Width} x {picture.Height} values is a number");
    }

    public void Dispose() => bytes.Dispose();

    private protected abstract Picture ReadOne(int index);
}
