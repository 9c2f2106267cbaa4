using System.Diagnostics;
using Bridge.Contracts;
using Bridge.Domain.Files;
using Bridge.Testing;
using static Bridge.Domain.Tests.Refusal;

namespace Bridge.Domain.Tests.Files;

[TestClass]
public sealed class InputFileTests
{
    [TestMethod]
    public void ReadAllBytes_PlainFile_GivesItsBytes()
    {
        using var folder = new TempFolder();
        byte[] bytes = [0, 1, 2, 255];

        CollectionAssert.AreEqual(bytes, InputFile.ReadAllBytes(folder.Write("a.nav", bytes), "Navigator file", 4));
    }

    [TestMethod]
    public void ReadAllBytes_MissingFile_SaysSo()
    {
        using var folder = new TempFolder();

        Of(FaultCode.UnreadableFile, () => InputFile.ReadAllBytes(folder.File("no/a.nav"), "Navigator file", 4), "a.nav", "no such file");
    }

    [TestMethod]
    public void ReadAllBytes_Folder_SaysSo()
    {
        using var folder = new TempFolder();

        Of(FaultCode.UnreadableFile, () => InputFile.ReadAllBytes(folder.Path, "Navigator file", 4), "folder");
    }

    [TestMethod]
    public void ReadAllBytes_WithoutTheRightToRead_SaysWhoNeedsIt()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("rights are taken away as Linux does it");
            return;
        }
        using var folder = new TempFolder();
        string path = folder.Write("secret.nav", [1, 2, 3]);
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(path, UnixFileMode.None);

        // Root may read everything, so this thread looks at files as nobody, and as itself again afterwards.
        int self = setfsuid(65534);
        try
        {
            Of(FaultCode.UnreadableFile, () => InputFile.ReadAllBytes(path, "Navigator file", 4), "secret.nav", "access is denied", "the right to read it");
        }
        finally
        {
            _ = setfsuid(self);
        }
    }

    [System.Runtime.InteropServices.DllImport("libc")]
    private static extern int setfsuid(int user);

    [TestMethod]
    public void ReadAllBytes_LockedFile_SaysWhatToDo()
    {
        using var folder = new TempFolder();
        string path = folder.Write("a.nav", [1]);
        using var other = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Of(FaultCode.UnreadableFile, () => InputFile.ReadAllBytes(path, "Navigator file", 4), "a.nav", "close the program");
    }

    [TestMethod]
    public void ReadAllBytes_LargerThanTheLimit_IsRefused()
    {
        using var folder = new TempFolder();
        string path = folder.Write("a.nav", new byte[5]);

        Of(FaultCode.TooLarge, () => InputFile.ReadAllBytes(path, "Navigator file", 4), "a.nav", "4 bytes");
    }

    [TestMethod]
    [Timeout(30_000, CooperativeCancellation = false)]
    public void ReadAllBytes_PipeThatNobodyWrites_DoesNotWait()
    {
        using var folder = new TempFolder();
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("there are no pipes among the files of Windows");
        using (Process process = Process.Start("mkfifo", folder.File("a.nav")))
            process.WaitForExit();

        Assert.IsEmpty(InputFile.ReadAllBytes(folder.File("a.nav"), "Navigator file", 64));
    }

    [TestMethod]
    [DataRow("/dev/zero")]
    [DataRow("/proc/self/maps")]
    public void ReadAllBytes_SpecialFileThatDeniesItsLength_IsEmpty(string path)
    {
        if (!File.Exists(path))
            Assert.Inconclusive($"there is no {path} on this machine");

        Assert.IsEmpty(InputFile.ReadAllBytes(path, "Navigator file", 64));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a\0b")]
    public void ReadAllBytes_ImpossiblePath_IsRefused(string path)
        => Of(FaultCode.UnreadableFile, () => InputFile.ReadAllBytes(path, "Navigator file", 4));
}
