using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Camera;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.Alignment;

[TestClass]
public sealed class DiskFinderTests
{
    private static readonly BeamCamera Camera = new() { Binning = 2 };

    [TestMethod]
    [DataRow(1, 0.1)]
    [DataRow(2, 0.15)]
    [DataRow(4, 0.3)]
    public void Measure_NoiseAndGain_IsExactToAPartOfAPixel(int binning, double rmsPx)
    {
        BeamCamera camera = Camera with { Binning = binning };
        var random = new Random(1);

        Assert.IsTrue(Rms(camera, random, 300) < rmsPx);
    }

    [TestMethod]
    public void Measure_BeamStopOverTheDisk_IsStillExact()
        => Assert.AreEqual(0, Rms(Camera with { StopPx = 24 }, new Random(2), 60), 0.5);

    [TestMethod]
    [DataRow(100, 3)]
    [DataRow(250, -20)]
    public void Measure_BeamStopCutsTheDiskInTwo_IsOneDisk(double x, double y)
    {
        var beam = new Xy(x, y);

        Xy found = (Camera with { StopPx = 24 }).Measure(beam, new Random(9))!.Value;

        Assert.AreEqual(0, (found - beam).Length, 0.5);
    }

    [TestMethod]
    public void Find_TwoBeamsCloseToEachOther_AreNotOne()
        => StringAssert.Contains(Find(Camera.Take(new Random(5), new Xy(-90, 0), new Xy(90, 0))), "more than one beam");

    [TestMethod]
    public void Measure_HalfBehindTheEdge_IsWithinAPixel()
    {
        var random = new Random(3);
        for (int i = 0; i < 20; i++)
        {
            var beam = new Xy(520 - 20 * random.NextDouble(), 300 * random.NextDouble());

            Xy found = Camera.Measure(beam, random)!.Value;

            Assert.IsTrue((found - beam).Length < 1.5, $"{beam} found at {found}");
        }
    }

    [TestMethod]
    public void Find_NoBeam_SaysSo() => StringAssert.Contains(Find(Camera.Take(new Random(4))), "no beam");

    [TestMethod]
    public void Find_TwoBeams_SaysSo() => StringAssert.Contains(Find(Camera.Take(new Random(5), new Xy(-200, 0), new Xy(200, 50))), "more than one beam");

    [TestMethod]
    public void Find_AllSaturated_SaysSo() => StringAssert.Contains(Find((Camera with { Background = 1000 }).Take(new Random(6), new Xy(0, 0))), "saturated");

    [TestMethod]
    public void Find_EvenPicture_SaysSo() => StringAssert.Contains(Find(new CameraPicture(64, 64, new float[64 * 64], float.PositiveInfinity)), "no beam");

    [TestMethod]
    public void Find_DiskLargerThanTheScreen_SaysSo() => StringAssert.Contains(Find((Camera with { RadiusPx = 800 }).Take(new Random(7), new Xy(0, 0))), "too little of the disk");

    [TestMethod]
    public void Find_NoiseOfAnyKind_NeverThrows()
    {
        var random = new Random(8);
        for (int i = 0; i < 200; i++)
        {
            (int width, int height) = (random.Next(16, 200), random.Next(16, 200));
            float[] grey = new float[width * height];
            double power = 4 * random.NextDouble();
            for (int at = 0; at < grey.Length; at++)
                grey[at] = (float)(255 * Math.Pow(random.NextDouble(), power)) * (random.Next(50) == 0 ? -1000 : 1);

            FoundDisk found = DiskFinder.Find(new CameraPicture(width, height, grey, 255));

            Assert.IsTrue(found.Centre is { IsFinite: true } || found.Why is { Length: > 0 });
        }
    }

    [TestMethod]
    [DataRow(64, 64, "u8", 4096, null)]
    [DataRow(64, 64, "u16", 8192, null)]
    [DataRow(64, 64, "f32", 16384, null)]
    [DataRow(64, 64, "u8", 4095, "4096 bytes, the frame has 4095")]
    [DataRow(8, 64, "u8", 512, "8 x 64")]
    [DataRow(2000000000, 2000000000, "u8", 1, "2000000000")]
    [DataRow(64, 64, "rgb", 4096, "rgb")]
    public void Read_Pixels_AreCheckedAgainstTheSize(int width, int height, string type, int bytes, string? message)
    {
        if (message is null)
            Assert.AreEqual(width * height, CameraPicture.Read(width, height, type, new byte[bytes]).Grey.Length);
        else
            StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => CameraPicture.Read(width, height, type, new byte[bytes])).Message, message);
    }

    [TestMethod]
    public void Read_PixelThatIsNoNumber_IsRefusedByPlace()
    {
        byte[] pixels = new byte[4 * 64 * 64];
        BitConverter.TryWriteBytes(pixels.AsSpan(4 * 130), float.NaN);

        StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => CameraPicture.Read(64, 64, "f32", pixels)).Message, "pixel 2, 2");
    }

    private static string Find(CameraPicture picture) => DiskFinder.Find(picture).Why ?? "found";

    private static double Rms(BeamCamera camera, Random random, double half)
    {
        double squares = 0;
        const int Pictures = 25;
        for (int i = 0; i < Pictures; i++)
        {
            var beam = new Xy(half * (2 * random.NextDouble() - 1), half * (2 * random.NextDouble() - 1));
            Xy error = camera.Measure(beam, random)!.Value - beam;
            squares += error.Dot(error);
        }
        return Math.Sqrt(squares / Pictures);
    }
}
