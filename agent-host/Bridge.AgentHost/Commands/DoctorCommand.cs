using System.CommandLine;
using Bridge.AgentHost.Doctor;
using Bridge.AgentHost.Serving;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host doctor</c>: one line a check, with what to do.</summary>
internal static class DoctorCommand
{
    private static readonly string[] Signs = ["ok  ", "note", "BAD "];

    public static Command Create()
    {
        Option<string> dataFolder = CommonOptions.DataFolder();
        var endpoint = new Option<string>("--endpoint") { Description = "Where the host listens.", DefaultValueFactory = _ => Protocol.DefaultEndpoint };
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("doctor", "Checks what a host needs on this computer. Exits 1 if something is bad.") { dataFolder, endpoint, json };
        command.SetAction(parsed => Run(parsed.GetValue(dataFolder)!, parsed.GetValue(endpoint)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string dataFolder, string endpoint, FileInfo? json)
    {
        if (!new LoopbackEndpointAttribute().IsValid(endpoint))
            throw new ContractException(FaultCode.BadField, new LoopbackEndpointAttribute().FormatErrorMessage("--endpoint"));
        var findings = new List<Finding>();
        foreach (Finding finding in new Checkup(dataFolder, endpoint, TimeProvider.System).Run())
        {
            findings.Add(finding);
            Console.WriteLine($"{Signs[(int)finding.Health]} {finding.Check}: {finding.Text}");
        }
        CommonOptions.WriteJson(json, new JObject
        {
            ["command"] = "doctor",
            ["version"] = RequestDispatcher.Version,
            ["rows"] = new JArray(findings.Select(finding => new JObject
            {
                ["check"] = finding.Check,
                ["health"] = finding.Health.ToString().ToLowerInvariant(),
                ["text"] = finding.Text,
            })),
        });
        return findings.Any(finding => finding.Health == Health.Bad) ? ExitCode.Failed : ExitCode.Done;
    }
}
