using System.Buffers.Binary;
using Bridge.Testing;

namespace Bridge.SerialEM.Tests;

/// <summary>A text is handed out only where there is a place for it.</summary>
[TestClass]
public sealed class LoadingProgramTests
{
    [TestMethod]
    [DataRow("SerialEM.exe", 2023, false)]
    [DataRow("SerialEM.exe", 2025, true)]
    [DataRow("SerialEM_64.exe", 2016, false)]
    [DataRow("serialem-standin.exe", 2016, true)]
    public void TakesTextsFrom_ProgramOfAYear_OnlyASerialEmThatIsTooOldDoesNot(string name, int year, bool takes)
    {
        using var folder = new TempFolder();
        byte[] program = new byte[0x200];
        program[0x3c] = 0x80;
        BinaryPrimitives.WriteUInt32LittleEndian(program.AsSpan(0x88), (uint)new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds());

        Assert.AreEqual(takes, LoadingProgram.TakesTextsFrom(folder.Write(name, program)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(0x3d)]
    [DataRow(0x89)]
    public void TakesTextsFrom_SerialEmWhoseAgeCannotBeRead_IsTakenForOld(int length)
    {
        using var folder = new TempFolder();
        byte[] program = new byte[0x200];
        program[0x3c] = 0x80;
        program.AsSpan(0x88, 4).Fill(0x7f);

        Assert.IsFalse(LoadingProgram.TakesTextsFrom(folder.Write("SerialEM.exe", program[..length])));
        Assert.IsFalse(LoadingProgram.TakesTextsFrom(folder.File("SerialEM-not-there.exe")));
    }
}
