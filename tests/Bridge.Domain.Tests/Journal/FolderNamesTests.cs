using Bridge.Domain.Journal;
using Bridge.Testing;

namespace Bridge.Domain.Tests.Journal;

[TestClass]
public sealed class FolderNamesTests
{
    [TestMethod]
    public void Flush_FolderThatIsThere_Returns()
    {
        using var folder = new TempFolder();
        folder.Write("a", [1]);

        FolderNames.Flush(folder.Path);

        Assert.IsTrue(File.Exists(folder.File("a")));
    }

    [TestMethod]
    public void Flush_NoSuchFolder_NamesIt()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("needs Linux: elsewhere a folder has nothing to flush, so none is opened");

        IOException e = Assert.ThrowsExactly<IOException>(() => FolderNames.Flush("/no/such/folder"));

        StringAssert.Contains(e.Message, "/no/such/folder");
        StringAssert.Contains(e.Message, "No such file");
    }
}
