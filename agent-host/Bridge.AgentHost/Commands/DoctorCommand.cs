using System.CommandLine;
using Bridge.AgentHost.Doctor;
using Bridge.AgentHost.Serving;
using Bridge.Agents.Weights;
using Bridge.Client;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host doctor</c>: one line a check, with what to do.</summary>
internal static class DoctorCommand
{
    private static readonly string[] Signs = ["ok  ", "note", "BAD "];

    public static Command Create()
    {
        Option<string> dataFolder = CommonOptions.DataFolder();
        Option<string> endpoint = CommonOptions.Endpoint();
        Option<string?> secretFile = CommonOptions.SecretFile();
        var plugins = new Option<string?>("--plugins") { Description = "SerialEM's Plugins folder. Default: the one that the installer found.", DefaultValueFactory = _ => Installation.PluginFolder };
        var bundle = new Option<FileInfo?>("--bundle") { Description = "Also write findings, logs and settings into this zip file, for whoever helps. No journals, no images." };
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("doctor", "Checks what a host needs on this computer. Exits 1 if something is bad.") { dataFolder, endpoint, secretFile, plugins, bundle, json };
        command.SetAction(parsed => Run(
            new CheckupSettings(parsed.GetValue(dataFolder)!, parsed.GetValue(endpoint)!, HostSettings.SecretFile(parsed.GetValue(secretFile), parsed.GetValue(dataFolder)!), parsed.GetValue(plugins), ModelCard.ShippedFolder),
            parsed.GetValue(bundle),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(CheckupSettings settings, FileInfo? bundle, FileInfo? json)
    {
        LoopbackEndpointAttribute.Check("--endpoint", settings.Endpoint);
        var findings = new List<Finding>();
        foreach (Finding finding in new Checkup(settings, TimeProvider.System).Run())
        {
            findings.Add(finding);
            Console.WriteLine($"{Signs[(int)finding.Health]} {finding.Check}: {finding.Text}");
        }
        var result = new JObject
        {
            ["command"] = "doctor",
            ["version"] = RequestDispatcher.Version,
            ["rows"] = new JArray(findings.Select(finding => new JObject
            {
                ["check"] = finding.Check,
                ["health"] = finding.Health.ToString().ToLowerInvariant(),
                ["text"] = finding.Text,
            })),
        };
        CommonOptions.WriteJson(json, result);
        if (bundle is not null)
        {
            SupportBundle.Write(bundle.FullName, settings.DataFolder, result);
            Console.WriteLine($"wrote {bundle.FullName}");
        }
        return findings.Any(finding => finding.Health == Health.Bad) ? ExitCode.Failed : ExitCode.Done;
    }
}
