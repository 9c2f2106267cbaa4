using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Bridge.Testing;

/// <summary>Data by other people, which lies beside the repository in <c>../shared/data</c> and never in it.</summary>
public static class SharedData
{
    /// <summary>The path of a file or folder under <c>../shared/data</c>; the test is inconclusive where it is not there.</summary>
    public static string PathOf(params string[] parts)
    {
        string path = Path.Combine([RepositoryRoot(), "..", "shared", "data", .. parts]);
        if (!Path.Exists(path))
            Assert.Inconclusive($"there is no ../shared/data/{string.Join('/', parts)} beside the repository");
        return Path.GetFullPath(path);
    }

    /// <summary>The folder with Bridge.sln, found by walking up from the test's own folder.</summary>
    public static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bridge.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Bridge.sln");
    }
}
