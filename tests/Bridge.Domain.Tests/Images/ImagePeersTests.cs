using System.Diagnostics;
using System.Globalization;
using Bridge.Domain.Images;
using Bridge.Testing;

namespace Bridge.Domain.Tests.Images;

/// <summary>Files that NumPy, Pillow (libtiff), tifffile and mrcfile write, and what they see in ours.</summary>
[TestClass]
public sealed class ImagePeersTests
{
    private const int RunMs = 60_000;

    [TestMethod]
    public void Read_FilesOfOtherLibraries_EveryPixelIsRight()
    {
        using var folder = new TempFolder();
        string[] files = Python("write_images.py", folder.Path);

        foreach (string line in files)
        {
            string[] parts = line.Split(' ');
            (int width, int height, int count, int offset) = (Number(parts[1]), Number(parts[2]), Number(parts[3]), Number(parts[4]));
            using ImageSource source = ImageFile.Open(folder.File(parts[0]));
            Assert.AreEqual(count, source.Count, parts[0]);
            for (int i = 0; i < count; i++)
            {
                Picture picture = source.Read(i);
                Assert.AreEqual((width, height), (picture.Width, picture.Height), parts[0]);
                for (int p = 0; p < picture.Values.Length; p++)
                    Assert.AreEqual(ImageBuilder.Pattern(i, p % width, p / width) + offset, picture.Values[p], 1e-3, $"{parts[0]}, image {i}, pixel {p % width}, {p / width}");
                Assert.AreEqual(source.Format == "MRC" ? 2.5 : 0, picture.PixelA ?? 0, 1e-5, parts[0]);
            }
        }

        Assert.IsGreaterThan(70, files.Length);
        CollectionAssert.AreEqual(ImageFile.Read(folder.File("large.png")).Values, ImageFile.Read(folder.File("large.tif")).Values);
    }

    [TestMethod]
    public void Write_MrcAndPng_OtherLibrariesSeeTheSame()
    {
        using var folder = new TempFolder();
        Picture[] sections = [new(3, 2, [1, 2, 3, 4, 5, 6]) { PixelA = 1.25 }, new(3, 2, [-6, 0, 0, 0, 0, 0.5f]) { PixelA = 1.25 }];
        MrcWriter.Write(folder.File("stack.mrc"), sections, "a label");
        MrcWriter.Write(folder.File("one.mrc"), [new Picture(3, 2, [1, 2, 3, 4, 5, 6])], new string('x', 200));
        PngWriter.Write(folder.File("grey.png"), sections[0], 1, 6);
        var colour = new ColourPicture(3, 2);
        colour.Fill(1, 2, 3);
        PngWriter.Write(folder.File("colour.png"), colour);

        string[] seen = Python("read_images.py", folder.File("stack.mrc"), folder.File("one.mrc"), folder.File("grey.png"), folder.File("colour.png"));

        CollectionAssert.AreEqual(
            new[]
            {
                "valid (2, 2, 3) 2 1.2500 15.5 -6.0 6.0 1.2917 2.9893",
                "valid (2, 3) 2 0.0000 21.0 1.0 6.0 3.5000 1.7078",
                "L (3, 2) 765",
                "RGB (3, 2) 36",
            },
            seen);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Python(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Peers.Python("numpy, PIL, tifffile, mrcfile"), [Path.Combine(AppContext.BaseDirectory, "Images", "peers", script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(RunMs), "python hangs");
        Assert.AreEqual(0, process.ExitCode, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
