using Bridge.Domain.Images;

namespace Bridge.AgentHost.Serving;

/// <summary>Pictures of a scan side by side, each pixel as a square if they are small.</summary>
internal static class ScanSheet
{
    private const int Gap = 8, SmallEdge = 256;

    /// <summary>What was read, the completed image, and its uncertainty.</summary>
    public static ColourPicture Draw(Picture image, Picture read, byte[] mask, Picture uncertainty)
        => Draw([[Panel.Read(read, mask, image), Panel.Of(image), Panel.FromZero(uncertainty)]]);

    /// <summary>Rows of panels, all of one size.</summary>
    public static ColourPicture Draw(IReadOnlyList<IReadOnlyList<Panel>> rows)
    {
        Picture first = rows[0][0].Picture;
        int scale = Math.Max(1, SmallEdge / Math.Max(first.Width, first.Height));
        (int width, int height) = (first.Width * scale + Gap, first.Height * scale + Gap);
        var sheet = new ColourPicture(rows.Max(row => row.Count) * width + Gap, rows.Count * height + Gap);
        sheet.Fill(255, 255, 255);
        for (int y = 0; y < rows.Count; y++)
        {
            for (int x = 0; x < rows[y].Count; x++)
                rows[y][x].DrawOn(sheet, Gap + x * width, Gap + y * height, scale);
        }
        return sheet;
    }

    /// <summary>One picture with its limits; what has no value is dark blue.</summary>
    public sealed record Panel(Picture Picture, float Low, float High)
    {
        /// <summary>From its least to its most value.</summary>
        public static Panel Of(Picture picture)
        {
            (float low, float high) = picture.Range();
            return new Panel(picture, low, high);
        }

        /// <summary>From 0 to its most value.</summary>
        public static Panel FromZero(Picture picture) => new(picture, 0, picture.Range().Max);

        /// <summary>What was read, with the limits of another picture; the rest has no value.</summary>
        public static Panel Read(Picture read, ReadOnlySpan<byte> mask, Picture limits)
        {
            float[] values = [.. read.Values];
            for (int i = 0; i < values.Length; i++)
                values[i] = mask[i] != 0 ? values[i] : float.NaN;
            return Of(limits) with { Picture = read with { Values = values } };
        }

        public void DrawOn(ColourPicture sheet, int left, int top, int scale)
        {
            sheet.Draw(Picture, left, top, scale, Low, High);
            for (int i = 0; i < Picture.Values.Length; i++)
            {
                if (!float.IsNaN(Picture.Values[i]))
                    continue;
                for (int k = 0; k < scale * scale; k++)
                    sheet.Set(left + i % Picture.Width * scale + k % scale, top + i / Picture.Width * scale + k / scale, 0, 0, 64);
            }
        }
    }
}
