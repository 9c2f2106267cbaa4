using System.Net;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Bridge.Packaging.Documents;

/// <summary>The pages and the links between them. A page is known by its path in the repository, with forward slashes.</summary>
/// <param name="root">Folder of the repository, for the pictures; they stand within the pages.</param>
public sealed class Site(IReadOnlyList<string> pages, string root)
{
    /// <summary>A picture above it stays out: pages are read on slow PCs.</summary>
    private const long MostPictureBytes = 500_000;

    private const string Style = "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}code,pre{font:14px Consolas,monospace;background:#f4f4f4}img{max-width:100%}"
        + "pre{padding:.7em;overflow-x:auto}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3em .6em;vertical-align:top;text-align:left}";

    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();

    /// <summary>What users and staff read; the project's own folders of tests stay out.</summary>
    private static readonly string[] s_folders = ["agent-host", "plugin", "macros", "install"];

    public IReadOnlyList<string> Pages { get; } = pages;

    /// <summary>The pages of the repository, in order of their paths; the front page first.</summary>
    public static IEnumerable<string> PagesOf(string root)
        => new[] { "README.md", "CHANGELOG.md", "agent-host/SECURITY.md" }.Concat(s_folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "README.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal));

    /// <summary>The page's file: <c>index.html</c> for the front page, else its path with dashes.</summary>
    public static string FileNameOf(string page)
        => page == "README.md" ? "index.html" : page.Replace("/README.md", ".html", StringComparison.Ordinal).Replace(".md", ".html", StringComparison.Ordinal).Replace('/', '-');

    /// <summary>One page. Links to other pages follow; links to files that do not come along become plain text.</summary>
    public string Html(string page, string markdown)
    {
        MarkdownDocument document = Markdown.Parse(markdown, s_pipeline);
        foreach (LinkInline link in document.Descendants<LinkInline>().ToList())
            Redirect(page, link);
        string title = WebUtility.HtmlEncode(markdown.Split('\n')[0].TrimStart('#', ' '));
        return $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{Style}</style></head><body>\n{Menu()}\n{document.ToHtml(s_pipeline)}</body></html>\n";
    }

    private string Menu() => "<p>" + string.Join(" · ", Pages.Where(page => page.Count(c => c == '/') <= 1).Select(page => $"<a href=\"{FileNameOf(page)}\">{WebUtility.HtmlEncode(NameOf(page))}</a>")) + "</p>";

    private static string NameOf(string page) => page == "README.md" ? "Bridge" : page.Replace("/README.md", "", StringComparison.Ordinal).Replace(".md", "", StringComparison.Ordinal);

    private void Redirect(string page, LinkInline link)
    {
        if (link.Url is not { Length: > 0 } url || url.Contains("://", StringComparison.Ordinal) || url.StartsWith('#'))
            return;
        string[] parts = url.Split('#', 2);
        string target = Resolve(page, parts[0]);
        if (link.IsImage && Picture(target) is { } picture)
        {
            link.Url = picture;
            return;
        }
        string? found = Pages.FirstOrDefault(candidate => candidate == target || candidate == target.TrimEnd('/') + "/README.md");
        if (found is not null)
            link.Url = FileNameOf(found) + (parts.Length == 2 ? "#" + parts[1] : "");
        else
            link.ReplaceBy(new LiteralInline(link.FirstChild is LiteralInline text ? text.Content.ToString() : url));
    }

    private string? Picture(string target)
    {
        string? type = Path.GetExtension(target) switch { ".svg" => "image/svg+xml", ".png" => "image/png", _ => null };
        var file = new FileInfo(Path.Combine(root, target));
        return type is not null && file is { Exists: true, Length: <= MostPictureBytes } ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file.FullName))}" : null;
    }

    /// <summary>The path in the repository that a link means.</summary>
    private static string Resolve(string page, string url)
    {
        var parts = new List<string>(page.Split('/')[..^1]);
        foreach (string part in url.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "" or ".."))
                parts.Add(part);
        }
        return string.Join('/', parts);
    }
}
