using System.Buffers.Binary;
using System.Text;
using Bridge.Domain.Images;

namespace Bridge.Domain.Tests.Images;

/// <summary>Image files byte by byte, and the pattern of pixels that the tests and the peers' scripts share.</summary>
internal static class ImageBuilder
{
    /// <summary>Value of a pixel in every test image that can hold 0 to 199.</summary>
    public static float Pattern(int image, int x, int y) => (29 * image + 7 * x + 13 * y) % 200;

    public static ImageSource Open(byte[] bytes) => ImageFile.Open(new ImageBytes("t.img", new MemoryStream(bytes)));

    public static Picture Read(byte[] bytes, int index = 0)
    {
        using ImageSource source = Open(bytes);
        return source.Read(index);
    }

    public static void AssertPattern(Picture picture, int image, float offset = 0)
    {
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
                Assert.AreEqual(Pattern(image, x, y) + offset, picture.Values[y * picture.Width + x], $"image {image}, pixel {x}, {y}");
        }
    }

    /// <summary>An NPY file of version 1.0 with any header and any bytes.</summary>
    public static byte[] Npy(string header, byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header + "\n");
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. text, .. data];
    }

    public static byte[] NpyFloats(string shape, params float[] values)
    {
        byte[] data = new byte[4 * values.Length];
        Buffer.BlockCopy(values, 0, data, 0, data.Length);
        return Npy($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}", data);
    }
}
