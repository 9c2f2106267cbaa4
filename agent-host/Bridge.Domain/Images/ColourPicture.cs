namespace Bridge.Domain.Images;

/// <summary>A picture to look at: three bytes a pixel.</summary>
public sealed class ColourPicture(int width, int height)
{
    public int Width => width;

    public int Height => height;

    /// <summary>(height, width, 3): red, green, blue; black at first.</summary>
    public byte[] Rgb { get; } = new byte[checked(width * height * 3)];

    /// <summary>Grey value of a number between two limits; 0 for NaN.</summary>
    public static byte ToByte(float value, float low, float high)
        => high > low && !float.IsNaN(value) ? (byte)Math.Round(Math.Clamp((value - low) / (high - low), 0, 1) * 255) : (byte)0;

    public void Fill(byte red, byte green, byte blue)
    {
        for (int i = 0; i < Rgb.Length; i += 3)
            (Rgb[i], Rgb[i + 1], Rgb[i + 2]) = (red, green, blue);
    }

    /// <summary>Draws a picture in grey with its top left pixel at a place, each pixel as a square.</summary>
    /// <param name="scale">Edge of the square in px, from 1.</param>
    /// <param name="low">Value that becomes black.</param>
    /// <param name="high">Value that becomes white.</param>
    public void Draw(Picture picture, int left, int top, int scale, float low, float high)
    {
        for (int y = 0; y < picture.Height * scale; y++)
        {
            for (int x = 0; x < picture.Width * scale; x++)
            {
                byte grey = ToByte(picture.Values[y / scale * picture.Width + x / scale], low, high);
                Set(left + x, top + y, grey, grey, grey);
            }
        }
    }

    /// <summary>Colours one pixel; outside the picture nothing happens.</summary>
    public void Set(int x, int y, byte red, byte green, byte blue)
    {
        if ((uint)x >= (uint)width || (uint)y >= (uint)height)
            return;
        int at = 3 * (y * width + x);
        (Rgb[at], Rgb[at + 1], Rgb[at + 2]) = (red, green, blue);
    }
}
