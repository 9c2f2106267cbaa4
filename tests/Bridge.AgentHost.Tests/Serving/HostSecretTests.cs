using Bridge.AgentHost.Serving;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests.Serving;

[TestClass]
public sealed class HostSecretTests
{
    [TestMethod]
    public void ReadOrMake_NoFile_MakesARandomOneForThisUserOnly()
    {
        using var folder = new TempFolder();

        string one = HostSecret.ReadOrMake(folder.File("a/secret")), again = HostSecret.ReadOrMake(folder.File("a/secret")), other = HostSecret.ReadOrMake(folder.File("b/secret"));

        Assert.AreEqual(one, again);
        Assert.AreNotEqual(one, other);
        Assert.AreEqual(64, one.Length);
        Assert.IsNull(PrivateFile.WhoElse(folder.File("a/secret")));
        Assert.HasCount(1, Directory.GetFiles(folder.File("a")), "nothing is left of the making");
        if (!OperatingSystem.IsWindows())
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("a/secret")));
    }

    [TestMethod]
    public void Read_FileThatOthersCanRead_IsRefusedWithTheCure()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("modes are Unix's; the access list is tested by the installer's tests");
            return;
        }
        using var folder = new TempFolder();
        string path = folder.Write("secret", "a secret of some length"u8);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        ContractException e = Assert.ThrowsExactly<ContractException>(() => HostSecret.Read(path));

        StringAssert.Contains(e.Message, "other users can read or change it");
        StringAssert.Contains(e.Message, "chmod 600");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.AreEqual("a secret of some length", HostSecret.Read(path));
    }

    [TestMethod]
    public void Read_FolderInWhichOthersCanReplaceIt_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("modes are Unix's");
            return;
        }
        using var folder = new TempFolder();
        HostSecret.ReadOrMake(folder.File("open/secret"));
        const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(folder.File("open"), Everybody);

        ContractException e = Assert.ThrowsExactly<ContractException>(() => HostSecret.Read(folder.File("open/secret")));

        StringAssert.Contains(e.Message, "put another in its place");
        File.SetUnixFileMode(folder.File("open"), Everybody | UnixFileMode.StickyBit);
        Assert.AreEqual(64, HostSecret.Read(folder.File("open/secret")).Length);
    }

    [TestMethod]
    [DataRow("too short")]
    [DataRow("")]
    [DataRow(null)]
    public void Read_NoSecret_IsRefused(string? content)
    {
        using var folder = new TempFolder();
        using (FileStream file = PrivateFile.Create(folder.File("secret")))
            file.Write(System.Text.Encoding.UTF8.GetBytes(content ?? new string('x', 100_000)));

        ContractException e = Assert.ThrowsExactly<ContractException>(() => HostSecret.Read(folder.File("secret")));

        StringAssert.Contains(e.Message, "must have 16 to 255 characters");
    }

    [TestMethod]
    public void PathOf_Settings_AreDataFolderNoneOrAPath()
    {
        Assert.AreEqual(Path.GetFullPath("data/secret"), HostSecret.PathOf("", "data"));
        Assert.IsNull(HostSecret.PathOf("none", "data"));
        Assert.AreEqual(Path.GetFullPath("other"), HostSecret.PathOf("other", "data"));
    }
}
