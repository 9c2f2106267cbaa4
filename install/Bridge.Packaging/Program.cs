using System.Globalization;
using System.Text;
using Bridge.Packaging.Documents;
using Bridge.Packaging.Fragments;
using Bridge.Packaging.Packages;

switch (args)
{
    case ["documents", string root, string folder] when Directory.Exists(root):
        WriteDocuments(Path.GetFullPath(root), folder);
        return 0;
    case ["fragment", string stage, string file] when Directory.Exists(stage):
        Write(file, WixFragment.Of(Path.GetFullPath(stage)));
        return 0;
    case ["product-code", string version, .. string[] files] when files.Length > 0:
        Console.WriteLine(Checksums.ProductCode(version, files).ToString().ToUpperInvariant());
        return 0;
    case ["seal", string package, string seconds] when long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long time):
        byte[] bytes = File.ReadAllBytes(package);
        PackageSeal.Apply(bytes, DateTimeOffset.FromUnixTimeSeconds(time));
        File.WriteAllBytes(package, bytes);
        return 0;
    case ["checksums", string package, string stage, string plugin, string file] when Directory.Exists(stage):
        Write(file, Checksums.Of(package, stage, plugin));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: bridge-packaging documents REPOSITORY FOLDER          every README.md that users read, and CHANGELOG.md, as HTML; FOLDER is emptied first
                   bridge-packaging fragment STAGE FILE                  WiX source that installs all files below STAGE as they lie there
                   bridge-packaging product-code VERSION FILE|FOLDER ... prints a GUID that follows from the version and the files' content
                   bridge-packaging seal MSI SECONDS                     sets the times in wixl's package (seconds since 1970), and a package code that follows from its content
                   bridge-packaging checksums MSI STAGE PLUGIN FILE      writes the SHA-256 of the package and of every file in it
            """);
        return 2;
}

static void WriteDocuments(string root, string folder)
{
    var site = new Site([.. Site.PagesOf(root)], root);
    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
    Directory.CreateDirectory(folder);
    foreach (string page in site.Pages)
        Write(Path.Combine(folder, Site.FileNameOf(page)), site.Html(page, File.ReadAllText(Path.Combine(root, page))));
    Console.WriteLine($"{site.Pages.Count} pages in {folder}");
}

static void Write(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(false));
