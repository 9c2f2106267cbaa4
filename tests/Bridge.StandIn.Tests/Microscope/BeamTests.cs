using System.Globalization;
using Bridge.Agents.Alignment.Simulation;
using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Microscope;

/// <summary>The beam in the picture, and what the deflectors do to it.</summary>
[TestClass]
public sealed class BeamTests
{
    [TestMethod]
    [DataRow("DiffractionShift")]
    [DataRow("ImageShift")]
    [DataRow("BeamShift")]
    public void MeasureBeamPosition_AfterAShift_HasMovedAndComesBackWithIt(string deflector)
    {
        (double X, double Y)[] at = Positions(BeamFault.None, $"T\nMeasureBeamPosition\nEcho $RepVal1 $RepVal2\nSet{deflector} 0.5 0\nT\nMeasureBeamPosition\nEcho $RepVal1 $RepVal2\nSet{deflector} 0 0\nT\nMeasureBeamPosition\nEcho $RepVal1 $RepVal2");

        Assert.IsTrue(Distance(at[0], at[1]) > 4, $"{at[0]} {at[1]}");
        Assert.IsTrue(Distance(at[0], at[2]) < 2, "but for the noise");
    }

    [TestMethod]
    public void MeasureBeamPosition_DeadDeflector_StaysWhereItIs()
    {
        (double X, double Y)[] at = Positions(BeamFault.Dead, "T\nMeasureBeamPosition\nEcho $RepVal1 $RepVal2\nSetDiffractionShift 5 5\nT\nMeasureBeamPosition\nEcho $RepVal1 $RepVal2");

        Assert.AreEqual(at[0], at[1]);
    }

    [TestMethod]
    [DataRow("SetBeamBlank 1\nT\nMeasureBeamPosition", "no beam edge")]
    [DataRow("SetDiffractionShift 1000 0\nT\nMeasureBeamPosition", "no beam edge")]
    [DataRow("MeasureBeamPosition", "no image")]
    [DataRow("T\nMeasureBeamPosition P", "no image")]
    public void MeasureBeamPosition_NoBeamInThePicture_IsAnError(string text, string why)
    {
        RunResult result = Scripted.FailureOf(text);

        StringAssert.Contains(result.Message, why);
    }

    private static (double X, double Y)[] Positions(BeamFault fault, string text)
    {
        using var scripted = new Scripted(new StandInOptions { MaxCommands = 1000, BeamSeed = 7, BeamFault = fault });
        RunResult result = scripted.Run("SuppressReports\n" + text);
        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        return [.. scripted.Log.Select(line => line.Split(' ')).Select(words => (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture)))];
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
