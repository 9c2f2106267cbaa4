using System.Xml.Linq;
using Bridge.InstallActions;
using Bridge.Packaging.Documents;
using Bridge.Packaging.Fragments;
using Bridge.Testing;

namespace Bridge.Install.Tests;

[TestClass]
public sealed class PackagingTests
{
    private static readonly XNamespace s_wix = "http://schemas.microsoft.com/wix/2006/wi";

    [TestMethod]
    public void Fragment_StagedFolder_HasEachFileOnceAndTheSameIdsInEveryVersion()
    {
        using var stage = new TempFolder();
        Directory.CreateDirectory(stage.File("macros/python"));
        stage.Write("agent-host.exe", [1]);
        stage.Write("macros/python/bridge.py", [2]);

        XDocument first = XDocument.Parse(WixFragment.Of(stage.Path));
        stage.Write("agent-host.exe", [3, 4]);
        XDocument second = XDocument.Parse(WixFragment.Of(stage.Path));

        Assert.IsTrue(XNode.DeepEquals(first, second));
        string[] sources = [.. first.Descendants(s_wix + "File").Select(file => (string)file.Attribute("Source")!).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(new[] { "$(var.Stage)/agent-host.exe", "$(var.Stage)/macros/python/bridge.py" }, sources);
        Assert.HasCount(2, first.Descendants(s_wix + "ComponentRef").ToList());
        XElement macros = first.Descendants(s_wix + "DirectoryRef").Single(folder => (string)folder.Attribute("Id")! == "MACROSDIR");
        Assert.HasCount(1, macros.Descendants(s_wix + "File").ToList());
    }

    [TestMethod]
    public void Documents_TheProjectsOwnPages_LinkOnlyToWhatComesAlong()
    {
        string root = SharedData.RepositoryRoot();
        var site = new Site([.. Site.PagesOf(root)], root);
        string[] files = [.. site.Pages.Select(Site.FileNameOf)];

        CollectionAssert.AllItemsAreUnique(files);
        CollectionAssert.Contains(files, "index.html");
        foreach (string page in site.Pages)
        {
            string html = site.Html(page, File.ReadAllText(Path.Combine(root, page)));
            foreach (string link in html.Split("href=\"")[1..].Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]).Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#')))
                CollectionAssert.Contains(files, link.Split('#')[0], $"{page} links to {link}");
        }
    }

    [TestMethod]
    public void Html_ScriptInAPage_IsShownAndNotRun()
    {
        string html = new Site(["README.md"], ".").Html("README.md", "# A\n\n<script>alert(1)</script> and [b](macros/x.txt)\n");

        Assert.DoesNotContain("<script>", html);
        Assert.DoesNotContain("macros/x.txt\"", html);
    }

    [TestMethod]
    public void Html_Pictures_StandInThePage()
    {
        using var folder = new TempFolder();
        folder.Write("small.png", [1, 2, 3]);
        folder.Write("large.png", new byte[600_000]);

        string html = new Site(["README.md"], folder.Path).Html("README.md", "# A\n\n![one](small.png) ![two](large.png) ![three](gone.png)\n");

        StringAssert.Contains(html, "src=\"data:image/png;base64,AQID\"");
        StringAssert.Contains(html, "two three");
    }

    [TestMethod]
    public void Notices_EveryPackageThatShips_IsNamed()
    {
        string notices = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot(), "install", "NOTICES.txt"));
        var shipped = new List<string>();
        foreach (string project in ((string[])["plugin", "agent-host"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot(), folder), "*.csproj", SearchOption.AllDirectories)))
            shipped.AddRange(XDocument.Load(project).Descendants("PackageReference").Select(reference => (string)reference.Attribute("Include")!));

        Assert.IsNotEmpty(shipped);
        foreach (string package in shipped)
            StringAssert.Contains(notices, package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) ? "Microsoft.Extensions.*" : package);
    }

    [TestMethod]
    public void MakeRoom_FileThatSomebodyHolds_IsNamedWithWhatToDo()
    {
        using var folder = new TempFolder();
        string plugin = folder.Write("SerialEM-Bridge-64.dll", [1]);

        Assert.IsNull(RunningPrograms.MakeRoom(["", folder.Path], [folder.Path, ""]));
        using (new FileStream(plugin, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            StringAssert.Contains(RunningPrograms.MakeRoom([], [folder.Path]), $"SerialEM is running and holds {plugin}. Close SerialEM");
    }
}
