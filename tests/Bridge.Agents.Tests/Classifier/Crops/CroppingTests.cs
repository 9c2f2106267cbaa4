using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;

namespace Bridge.Agents.Tests.Classifier.Crops;

[TestClass]
public sealed class CroppingTests
{
    [TestMethod]
    public void Cut_StepOne_CopiesPixels()
    {
        float[] image = [.. Enumerable.Range(0, 10 * 8).Select(i => (float)i)], crop = new float[16];

        double there = Cropping.Cut(image, 10, 8, new CropFrame(5, 4, 1, 0), crop, 4);

        Assert.AreEqual(1, there);
        for (int y = 0; y < 4; y++)
            for (int x = 0; x < 4; x++)
                Assert.AreEqual(image[(y + 2) * 10 + x + 3], crop[y * 4 + x], 1e-4);
    }

    [TestMethod]
    public void Cut_Shrinking_Averages()
    {
        float[] image = new float[64], crop = new float[4];
        for (int i = 0; i < 64; i++)
            image[i] = (i % 8 / 4 + 2 * (i / 32)) + ((i % 8 + i / 8) % 2 == 0 ? 100 : -100);

        Cropping.Cut(image, 8, 8, new CropFrame(4, 4, 4, 0), crop, 2);

        // A checkerboard of ±100 on four quarters: shrinking by 4 leaves the quarters' means.
        for (int i = 0; i < 4; i++)
            Assert.AreEqual(i, crop[i], 0.6);
    }

    [TestMethod]
    public void Cut_Turned_FollowsTheAngle()
    {
        float[] image = new float[33 * 33], crop = new float[9];
        image[16 * 33 + 20] = 1; // 4 px to the right of the middle

        Cropping.Cut(image, 33, 33, new CropFrame(16.5, 16.5, 4, Math.PI / 2), crop, 3);

        // The crop's X runs along the image's Y, so the image's right is the crop's up.
        Assert.AreEqual(crop.Max(), crop[1]);
        Assert.IsTrue(crop[1] > 0.03);
    }

    [TestMethod]
    public void Cut_OverTheEdge_MissingPixelsAreNaN()
    {
        float[] image = new float[100], crop = new float[16];

        double there = Cropping.Cut(image, 10, 10, new CropFrame(0, 5, 1, 0), crop, 4);

        Assert.AreEqual(0.5, there);
        Assert.IsTrue(float.IsNaN(crop[0]) && float.IsNaN(crop[1]) && crop[2] == 0 && crop[3] == 0);
        Assert.AreEqual(0, Cropping.Cut(image, 10, 10, new CropFrame(500, 500, 1, 0), crop, 4));
        Assert.IsTrue(crop.All(float.IsNaN));
    }

    [TestMethod]
    public void Cut_HolesInTheImage_AreLeftOutOfTheMean()
    {
        float[] image = [1, float.NaN, 3, 5], crop = new float[1];

        Cropping.Cut([.. Enumerable.Repeat(image, 2).SelectMany(row => row)], 4, 2, new CropFrame(3, 1, 2, 0), crop, 1);

        Assert.AreEqual(4, crop[0], 1e-6);
    }

    [TestMethod]
    public void Cut_NoSuchFrame_IsRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Cropping.Cut(new float[4], 2, 2, new CropFrame(1, 1, 0, 0), new float[4], 2));
        Assert.ThrowsExactly<ArgumentException>(() => Cropping.Cut(new float[4], 2, 2, new CropFrame(double.NaN, 1, 1, 0), new float[4], 2));
        Assert.ThrowsExactly<ArgumentException>(() => Cropping.Cut(new float[3], 2, 2, new CropFrame(1, 1, 1, 0), new float[4], 2));
    }

    [TestMethod]
    public void GreyScale_OutliersAndGaps_DoNotCount()
    {
        float[] pixels = [.. Enumerable.Range(0, 1001).Select(i => i - 500f)];
        (pixels[0], pixels[1], pixels[2]) = (1e9f, float.NaN, float.PositiveInfinity);

        GreyScale scale = GreyScale.Of([pixels]);
        scale.Apply(pixels);

        Assert.AreEqual(2, scale.Median, 3);
        Assert.AreEqual(250 * 1.4826, scale.Deviation, 5);
        Assert.AreEqual((GreyScale.Limit, 0f), (pixels[0], pixels[1]));
    }

    [TestMethod]
    public void GreyScale_NoContrastOrNothing_StaysFinite()
    {
        float[] same = [7, 7, 7], nothing = [float.NaN, float.NaN];

        GreyScale.Of([same]).Apply(same);
        GreyScale.Of([nothing]).Apply(nothing);

        CollectionAssert.AreEqual(new float[] { 0, 0, 0 }, same);
        CollectionAssert.AreEqual(new float[] { 0, 0 }, nothing);
    }

    [TestMethod]
    public void CropStack_Resized_KeepsTheMean()
    {
        var random = new Random(1);
        var stack = new CropStack(48, [.. Enumerable.Range(0, 2 * 48 * 48).Select(_ => random.NextSingle())]);

        CropStack small = stack.Resized(24);

        Assert.AreEqual((24, 2), (small.Size, small.Count));
        Assert.AreEqual(stack[1].ToArray().Average(), small[1].ToArray().Average(), 0.005);
        Assert.IsTrue(stack.HasContrast(0));
        Assert.IsFalse(new CropStack(2, [3, 3, 3, float.NaN]).HasContrast(0));
    }

    [TestMethod]
    public void CropFile_WriteAndRead_TheSame()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("bridge-").FullName, "crops.npy");
        try
        {
            var stack = new CropStack(9, [.. Enumerable.Range(0, 3 * 81).Select(i => i / 7f)]);

            CropFile.Write(path, stack);

            CropStack read = CropFile.Read(path);
            Assert.AreEqual(9, read.Size);
            CollectionAssert.AreEqual(stack.Pixels, read.Pixels);
            Assert.AreEqual(0, (new FileInfo(path).Length - 4 * stack.Pixels.Length) % 64);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [TestMethod]
    [DataRow("(2, 9, 10)", 2 * 90, "square")]
    [DataRow("(2, 4, 4)", 2 * 16, "8 to 512 px")]
    [DataRow("(2000000, 512, 512)", 4, "shape")]
    [DataRow("(0, 9, 9)", 4, "")]
    public void CropFile_OddShape_IsRefusedByName(string shape, int values, string named)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("bridge-").FullName, "odd.npy");
        try
        {
            string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n";
            File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. new byte[4 * values]]);

            string message = Assert.ThrowsExactly<Contracts.ContractException>(() => CropFile.Read(path)).Message;

            StringAssert.Contains(message, "odd.npy");
            StringAssert.Contains(message, named);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }
}
