using System.Reflection;
using System.Xml.Linq;
using Bridge.Testing;

namespace Bridge.AgentHost.Tests;

/// <summary>Arrows between projects point one way: Contracts ← Messaging ← Client ← SerialEM, and Contracts ← Domain ← (Torch) ← Agents ← AgentHost.</summary>
[TestClass]
public sealed class ArrowTests
{
    /// <summary>What each project may reference of ours, directly.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Bridge.Contracts"] = [],
        ["Bridge.Messaging"] = [],
        ["Bridge.Client"] = ["Bridge.Contracts", "Bridge.Messaging"],
        ["Bridge.SerialEM"] = ["Bridge.Client", "Bridge.Contracts"],
        ["Bridge.Domain"] = ["Bridge.Contracts"],
        ["Bridge.Torch"] = [],
        ["Bridge.Agents"] = ["Bridge.Contracts", "Bridge.Domain", "Bridge.Torch"],
        ["Bridge.AgentHost"] = ["Bridge.Agents", "Bridge.Client", "Bridge.Contracts", "Bridge.Domain", "Bridge.Messaging"],
    };

    [TestMethod]
    public void Projects_ReferenceOnlyWhatTheirPlaceAllows()
    {
        string root = SharedData.RepositoryRoot();
        string[] projects = [.. new[] { "plugin", "agent-host" }.SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.csproj", SearchOption.AllDirectories))];

        foreach (string path in projects)
        {
            string project = Path.GetFileNameWithoutExtension(path);
            Assert.IsTrue(Allowed.TryGetValue(project, out string[]? allowed), $"{project} is new: say in {nameof(ArrowTests)} what it may reference");
            foreach (XElement reference in XDocument.Load(path).Descendants("ProjectReference"))
                CollectionAssert.Contains(allowed, Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!), $"{project} must not reference this");
        }
        Assert.IsTrue(projects.Length >= 6);
    }

    [TestMethod]
    public void Assemblies_ReferenceOnlyWhatTheirPlaceAllows()
    {
        // The compiled truth, transitive use included.
        foreach ((string project, string[] allowed) in Allowed)
        {
            string name = project == "Bridge.AgentHost" ? "agent-host" : project;
            if (!File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll")))
                continue;
            foreach (AssemblyName reference in Assembly.Load(name).GetReferencedAssemblies().Where(reference => reference.Name!.StartsWith("Bridge.", StringComparison.Ordinal)))
                CollectionAssert.Contains(allowed, reference.Name, $"{project} must not reference this");
        }
    }

    [TestMethod]
    public void Root_HasOnlyTheFoldersThatTheDesignNames()
    {
        string[] byTools = ["BenchmarkDotNet.Artifacts", "TestResults"];
        string[] found = [.. Directory.GetDirectories(SharedData.RepositoryRoot()).Select(path => Path.GetFileName(path)!)
            .Where(name => name[0] != '.' && !byTools.Contains(name)).Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(new[] { "agent-host", "install", "macros", "plugin", "tests" }, found);
    }
}
