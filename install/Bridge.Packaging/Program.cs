using System.Text;
using Bridge.Packaging.Documents;
using Bridge.Packaging.Fragments;

switch (args)
{
    case ["documents", string root, string folder] when Directory.Exists(root):
        WriteDocuments(Path.GetFullPath(root), folder);
        return 0;
    case ["fragment", string stage, string file] when Directory.Exists(stage):
        File.WriteAllText(file, WixFragment.Of(Path.GetFullPath(stage)), new UTF8Encoding(false));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: bridge-packaging documents REPOSITORY FOLDER   every README.md that users read, and CHANGELOG.md, as HTML; FOLDER is emptied first
                   bridge-packaging fragment STAGE FILE           WiX source that installs all files below STAGE as they lie there
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
        File.WriteAllText(Path.Combine(folder, Site.FileNameOf(page)), site.Html(page, File.ReadAllText(Path.Combine(root, page))), new UTF8Encoding(false));
    Console.WriteLine($"{site.Pages.Count} pages in {folder}");
}
