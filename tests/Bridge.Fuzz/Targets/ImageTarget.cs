using Bridge.Contracts;
using Bridge.Domain.Images;
using FsCheck;

namespace Bridge.Fuzz.Targets;

/// <summary>Image files of one kind: every header, and the first and the last image.</summary>
internal sealed class ImageTarget(string kind, Gen<byte[]> valid) : FuzzTarget
{
    public override string Name => kind;

    /// <summary>Deflate makes a thousand bytes of one, and a bit of them may be a pixel of four bytes: 16 kB may be an image of 128 M pixels. Small files stay below this.</summary>
    public override long MostMemory => 768L << 20;

    public override int MostBytes => 8 << 10;

    public override IReadOnlyList<string> Words => kind == "npy"
        ? ["'descr': ", "'<f4'", "'>u2'", "'|b1'", "'fortran_order': ", "True", "False", "'shape': ", "(", ")", ",", "L", "\u0001NUMPY", "}"]
        : ["IHDR", "PLTE", "IDAT", "IEND", "II*\0", "MM\0*", "II+\0", "MAP ", "IMOD", "\0\0\0\0"];

    public override Gen<byte[]> Valid => valid;

    public override byte[] Mend(byte[] input) => kind == "png" ? ValidImages.MendPng(input) : input;

    public override string? Read(byte[] input)
    {
        try
        {
            using ImageSource source = ImageFile.Open(new ImageBytes("fuzz.img", new MemoryStream(input)));
            Check(source.Read(0));
            if (source.Count > 1)
                Check(source.Read(source.Count - 1));
            return null;
        }
        catch (ContractException e)
        {
            return e.Message;
        }
    }

    private static void Check(Picture picture)
    {
        if (picture.Values.Length != (long)picture.Width * picture.Height)
            throw new FuzzFailure($"{picture.Width} x {picture.Height} pixels, and {picture.Values.Length} values");
    }
}
