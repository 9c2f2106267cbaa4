using Bridge.Domain.Images;

namespace Bridge.AgentHost.Serving;

/// <summary>The picture that a scan leaves behind: what was read (what was not is dark blue), the completed image with the same grey values, and its uncertainty, white where
/// it is largest. Small images are enlarged.</summary>
internal static class ScanSheet
{
    private const int Gap = 8, SmallEdge = 256;

    /// <param name="read">What was read.</param>
    /// <param name="mask">(height, width): 0 where nothing was.</param>
    public static ColourPicture Draw(Picture image, Picture read, ReadOnlySpan<byte> mask, Picture uncertainty)
    {
        int scale = Math.Max(1, SmallEdge / Math.Max(image.Width, image.Height)), across = image.Width * scale + Gap;
        var sheet = new ColourPicture(3 * across + Gap, image.Height * scale + 2 * Gap);
        sheet.Fill(255, 255, 255);
        (float low, float high) = image.Range();
        sheet.Draw(read, Gap, Gap, scale, low, high);
        sheet.Draw(image, Gap + across, Gap, scale, low, high);
        sheet.Draw(uncertainty, Gap + 2 * across, Gap, scale, 0, uncertainty.Range().Max);
        for (int y = 0; y < image.Height * scale; y++)
        {
            for (int x = 0; x < image.Width * scale; x++)
            {
                if (mask[y / scale * image.Width + x / scale] == 0)
                    sheet.Set(Gap + x, Gap + y, 20, 30, 70);
            }
        }
        return sheet;
    }
}
