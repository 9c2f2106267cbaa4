using Bridge.Testing;

namespace Bridge.StandIn.Tests.Support;

/// <summary>SerialEM's list of commands, which lies beside the repository.</summary>
internal static class SharedFacts
{
    public static string Commands()
    {
        string path = Path.Combine(SharedData.RepositoryRoot(), "..", "shared", "facts", "serialem-commands.tsv");
        if (!File.Exists(path))
            Assert.Inconclusive("there is no ../shared/facts/serialem-commands.tsv beside the repository");
        return path;
    }
}
