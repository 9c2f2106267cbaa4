using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bridge.Testing;

namespace Bridge.Install.Tests;

/// <summary>Every package that was restored, for whatever project and however indirectly, against install/DEPENDENCIES.md, and those that ship against NOTICES.txt.</summary>
[TestClass]
public sealed partial class LicenceTests
{
    private static readonly string[] s_shipped = ["Bridge.AgentHost", "Bridge.SerialEM", "Bridge.InstallActions"];

    private static string Root => SharedData.RepositoryRoot();

    [TestMethod]
    public void Dependencies_EveryRestoredPackage_IsListedWithTheLicenceThatItNames()
    {
        Dictionary<string, string> listed = Listed();
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        int packages = 0;

        foreach ((string _, JsonElement assets) in Restored())
        {
            foreach ((string name, string folder) in Packages(assets))
            {
                packages++;
                string licence = LicenceOf(folder, name);
                if (!listed.TryGetValue(name, out string? said) || said != licence)
                    wrong.Add($"{name}: the package says {licence}, install/DEPENDENCIES.md says {said ?? "nothing"}");
            }
        }

        Assert.IsGreaterThan(40, packages);
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
        Assert.IsTrue(listed.Values.All(licence => licence is "MIT" or "BSD-3-Clause" or "BSD-2-Clause" or "Apache-2.0"), "a licence that somebody must look at");
    }

    [TestMethod]
    public void Notices_EveryPackageThatShips_HoweverIndirectly_IsNamed()
    {
        string notices = File.ReadAllText(Path.Combine(Root, "install", "NOTICES.txt"));
        string[] shipped = [.. Restored().Where(project => s_shipped.Contains(project.Name))
            .SelectMany(project => Packages(project.Assets).Select(package => package.Name))
            .Distinct()
            .Where(name => !BuildOnly().IsMatch(name))];

        Assert.IsGreaterThan(20, shipped.Length);
        foreach (string package in shipped)
            StringAssert.Contains(notices, package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) ? "Microsoft.Extensions.*" : package);
    }

    private static Dictionary<string, string> Listed()
        => File.ReadLines(Path.Combine(Root, "install", "DEPENDENCIES.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the last restore of each project wrote down.</summary>
    private static IEnumerable<(string Name, JsonElement Assets)> Restored()
        => Directory.EnumerateFiles(Path.Combine(Root, ".artifacts", "obj"), "project.assets.json", SearchOption.AllDirectories)
            .Select(path => (Path.GetFileName(Path.GetDirectoryName(path)!), JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path))));

    private static IEnumerable<(string Name, string Folder)> Packages(JsonElement assets)
    {
        string[] folders = [.. assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        foreach (JsonProperty library in assets.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
            yield return (library.Name.Split('/')[0], folders.Select(folder => Path.Combine(folder, library.Value.GetProperty("path").GetString()!)).First(Directory.Exists));
    }

    private static string LicenceOf(string folder, string name)
    {
        XElement metadata = XDocument.Load(Path.Combine(folder, $"{name.ToLowerInvariant()}.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        XElement? licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        return (string?)licence?.Attribute("type") switch
        {
            "expression" => licence!.Value,
            // Some bring the text instead of its name.
            "file" when File.ReadLines(Path.Combine(folder, licence!.Value)).First().Contains("MIT License", StringComparison.Ordinal) => "MIT",
            _ => "not named",
        };
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| ([^|]+) \|")]
    private static partial Regex Row();

    /// <summary>Compilers and analyzers leave nothing of theirs in what they make, but the runtime, which NOTICES.txt names as such.</summary>
    [GeneratedRegex(@"^(Microsoft\.NET\.ILLink|Microsoft\.DotNet\.ILCompiler|runtime\.)")]
    private static partial Regex BuildOnly();
}
