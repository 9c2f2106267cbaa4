using Bridge.Contracts;

namespace Bridge.Domain.Images;

/// <summary>One image: values row by row, in the order in which its file keeps the rows.</summary>
/// <param name="Width">Pixels of a row, from 1.</param>
/// <param name="Height">Rows, from 1.</param>
/// <param name="Values">(<paramref name="Height"/>, <paramref name="Width"/>), row-major; NaN where a pixel has no value.</param>
public sealed record Picture(int Width, int Height, float[] Values)
{
    /// <summary>Most pixels of one image that are read: 16 384 x 16 384, 1 GiB of memory.</summary>
    public const long MostPixels = 1L << 28;

    /// <summary>Longest edge of an image that is read.</summary>
    public const int LongestEdge = 1 << 20;

    /// <summary>Width of a pixel in Å; null if the file does not say.</summary>
    public double? PixelA { get; init; }

    /// <summary>Least and most value; pixels without a value do not count.</summary>
    public (float Min, float Max) Range()
    {
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        foreach (float value in Values)
            (min, max) = (value < min ? value : min, value > max ? value : max);
        return (min, max);
    }

    /// <summary>Checks the size that a file's header claims, before anything is allocated for it.</summary>
    /// <param name="name">The file.</param>
    /// <param name="field">Header fields that say it.</param>
    /// <exception cref="ContractException">Nothing, less than nothing, or more than the limits.</exception>
    internal static void CheckSize(string name, string field, long width, long height)
    {
        if (width < 1 || height < 1)
            throw new ContractException(FaultCode.UnreadableFile, $"{name}: {field} is {width} x {height}: an image has at least one pixel");
        if (width > LongestEdge || height > LongestEdge || width * height > MostPixels)
            throw new ContractException(FaultCode.TooLarge, $"{name}: {field} is {width} x {height}, the limit is {MostPixels} pixels; is the file damaged? Else bin it and try again");
    }
}
