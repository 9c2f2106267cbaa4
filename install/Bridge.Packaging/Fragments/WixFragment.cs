using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Bridge.Packaging.Fragments;

/// <summary>WiX 3 source for a staged folder: one component a file, in the component group <c>StagedFiles</c>. Ids and GUIDs follow from the path alone, so that a
/// file is the same component in every version, as Windows Installer asks.</summary>
public static class WixFragment
{
    private static readonly XNamespace s_wix = "http://schemas.microsoft.com/wix/2006/wi";

    /// <param name="stage">The folder, as it is to lie in the program folder INSTALLDIR. A folder <c>macros</c> in it goes to MACROSDIR.</param>
    public static string Of(string stage)
    {
        var group = new XElement(s_wix + "ComponentGroup", new XAttribute("Id", "StagedFiles"));
        var root = new XElement(s_wix + "DirectoryRef", new XAttribute("Id", "INSTALLDIR"));
        var macros = new XElement(s_wix + "DirectoryRef", new XAttribute("Id", "MACROSDIR"));
        Fill(root, macros, group, stage, stage);
        var document = new XDocument(new XElement(s_wix + "Wix", new XElement(s_wix + "Fragment", root, macros, group)));
        return document.Declaration + document.ToString() + "\n";
    }

    private static void Fill(XElement parent, XElement macros, XElement group, string stage, string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            string path = Relative(stage, file);
            parent.Add(new XElement(s_wix + "Component", new XAttribute("Id", Id("c", path)), new XAttribute("Guid", Guid(path)), new XAttribute("Win64", "yes"),
                new XElement(s_wix + "File", new XAttribute("Id", Id("f", path)), new XAttribute("Name", Path.GetFileName(file)), new XAttribute("Source", "$(var.Stage)/" + path),
                    new XAttribute("DiskId", "1"), new XAttribute("KeyPath", "yes"))));
            group.Add(new XElement(s_wix + "ComponentRef", new XAttribute("Id", Id("c", path))));
        }
        foreach (string child in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            string path = Relative(stage, child);
            if (path == "macros")
            {
                Fill(macros, macros, group, stage, child);
                continue;
            }
            var directory = new XElement(s_wix + "Directory", new XAttribute("Id", Id("d", path)), new XAttribute("Name", Path.GetFileName(child)));
            parent.Add(directory);
            Fill(directory, macros, group, stage, child);
        }
    }

    private static string Relative(string stage, string path) => Path.GetRelativePath(stage, path).Replace('\\', '/');

    private static string Id(string kind, string path) => kind + Convert.ToHexString(Hash(path))[..20];

    private static string Guid(string path) => new Guid(Hash(path).AsSpan(0, 16)).ToString().ToUpperInvariant();

    private static byte[] Hash(string path) => SHA256.HashData(Encoding.UTF8.GetBytes("Bridge " + path));
}
