using System.Diagnostics;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Bridge.Testing;

namespace Bridge.Install.Tests;

/// <summary>The settings of Directory.Build.props, on a project of the test's own, with a source of vulnerabilities of the test's own.</summary>
[TestClass]
public sealed class AuditTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [TestMethod]
    public void Restore_PackageWithAKnownHole_IsAnError()
    {
        using HttpListener source = Listen(out string url);
        Task serving = Task.Run(() => Serve(source, url));

        (int exitCode, string output) = Restore(url);

        Assert.AreNotEqual(0, exitCode, output);
        StringAssert.Contains(output, "error NU1901", output);
        source.Close();
        Assert.IsTrue(serving.Wait(Limit));
    }

    [TestMethod]
    public void Restore_SourceThatCannotBeReached_IsSaidAndGoesOn()
    {
        using HttpListener gone = Listen(out string url);
        gone.Close();

        (int exitCode, string output) = Restore(url);

        Assert.AreEqual(0, exitCode, output);
        StringAssert.Contains(output, "warning NU1900", output);
    }

    private static (int ExitCode, string Output) Restore(string url)
    {
        using var folder = new TempFolder();
        string root = SharedData.RepositoryRoot();
        XDocument props = XDocument.Load(Path.Combine(root, "Directory.Build.props"));
        IEnumerable<XElement> settings = props.Descendants().Where(element => element.Name.LocalName is "TreatWarningsAsErrors" or "WarningsNotAsErrors" || element.Name.LocalName.StartsWith("NuGetAudit", StringComparison.Ordinal));
        string version = (string)XDocument.Load(Path.Combine(root, "Directory.Packages.props")).Descendants("PackageVersion").Single(package => (string?)package.Attribute("Include") == "Newtonsoft.Json").Attribute("Version")!;
        new XElement("Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup", new XElement("TargetFramework", "net10.0"), settings),
            new XElement("ItemGroup", new XElement("PackageReference", new XAttribute("Include", "Newtonsoft.Json"), new XAttribute("Version", version)))).Save(folder.File("audited.csproj"));
        folder.Write("nuget.config", Encoding.UTF8.GetBytes(
            $"<configuration><auditSources><clear/><add key=\"test\" value=\"{url}index.json\" protocolVersion=\"3\" allowInsecureConnections=\"true\"/></auditSources></configuration>"));
        var start = new ProcessStartInfo("dotnet", ["restore", "--force"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["NUGET_HTTP_CACHE_PATH"] = folder.File("cache");
        start.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.IsTrue(process.WaitForExit(Limit), "the restore did not end");
        return (process.ExitCode, output.Result);
    }

    private static HttpListener Listen(out string url)
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add(url);
        listener.Start();
        return listener;
    }

    /// <summary>A NuGet source of nothing but vulnerabilities (VulnerabilityInfo/6.7.0): every version of one package has one.</summary>
    private static void Serve(HttpListener listener, string url)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = listener.GetContext();
                byte[] answer = Encoding.UTF8.GetBytes(context.Request.Url!.AbsolutePath switch
                {
                    "/index.json" => $$"""{"version":"3.0.0","resources":[{"@id":"{{url}}holes.json","@type":"VulnerabilityInfo/6.7.0"}]}""",
                    "/holes.json" => $$"""[{"@name":"base","@id":"{{url}}base.json","@updated":"2026-01-01T00:00:00Z","comment":"test"}]""",
                    _ => """{"newtonsoft.json":[{"url":"https://example.org/hole","severity":0,"versions":"(, 9999.0.0)"}]}""",
                });
                context.Response.ContentType = "application/json";
                context.Response.Close(answer, willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the test has what it wants.
        }
    }
}
