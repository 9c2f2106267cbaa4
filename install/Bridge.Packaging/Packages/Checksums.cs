using System.Security.Cryptography;
using System.Text;

namespace Bridge.Packaging.Packages;

/// <summary>SHA-256 of the package and of everything in it, a line a file as <c>sha256sum</c> writes them: what was published can be compared with what was downloaded and with
/// what lies on a computer.</summary>
public static class Checksums
{
    /// <param name="package">The MSI; its line comes first, under its bare name.</param>
    /// <param name="stage">The folder that is to become the program folder.</param>
    /// <param name="plugin">The plugin's DLL.</param>
    public static string Of(string package, string stage, string plugin)
    {
        var text = new StringBuilder();
        Add(text, package, Path.GetFileName(package));
        Add(text, plugin, "Plugins/" + Path.GetFileName(plugin));
        foreach ((string name, string path) in FilesOf(stage))
            Add(text, path, "Bridge/" + name);
        return text.ToString();
    }

    /// <summary>A GUID for a version with this content: the same for the same content, another for any other. It is the product code, which Windows Installer knows an installed package by.</summary>
    /// <param name="files">Files and folders whose bytes go into it, folders with the names in them.</param>
    public static Guid ProductCode(string version, IEnumerable<string> files)
    {
        var text = new StringBuilder($"Bridge {version}\n");
        foreach (string file in files)
        {
            if (!Directory.Exists(file))
                Add(text, file, Path.GetFileName(file));
            else
                foreach ((string name, string path) in FilesOf(file))
                    Add(text, path, name);
        }
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    private static IEnumerable<(string Name, string Path)> FilesOf(string folder)
        => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(folder, path).Replace('\\', '/'), Path: path))
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    private static void Add(StringBuilder text, string path, string name)
    {
        using FileStream file = File.OpenRead(path);
        text.Append(Convert.ToHexStringLower(SHA256.HashData(file))).Append("  ").Append(name).Append('\n');
    }
}
