using System.CommandLine;
using System.Globalization;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
using Bridge.Client;
using Bridge.Contracts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Commands;

/// <summary>Options that several commands share, and what they do.</summary>
internal static class CommonOptions
{
    public static Option<int> Seed() => new("--seed")
    {
        Description = "Seed of everything random; the same seed gives the same figures.",
        DefaultValueFactory = _ => 0,
    };

    public static Option<FileInfo?> Json() => new("--json")
    {
        Description = "Also write the result to this file, as JSON.",
    };

    public static Option<string> DataFolder() => new("--data-folder")
    {
        Description = "Folder for session journals.",
        DefaultValueFactory = _ => new Serving.AgentHostOptions().DataFolder,
    };

    public static Option<string> Endpoint() => new("--endpoint")
    {
        Description = "Where the host listens.",
        DefaultValueFactory = _ => Installation.Endpoint,
    };

    public static Option<string?> SecretFile() => new("--secret-file")
    {
        Description = "File with the host's secret; 'none' if it asks for none. Default: as the host's own settings say.",
    };

    public static Option<string[]> Model() => new("--model")
    {
        Description = $"Weights of a learned planner, as NAME=FILE; may be given again for another planner. Learned planners: {(PlannerModels.All.Names.Count == 0 ? "none in this version" : string.Join(", ", PlannerModels.All.Names))}.",
    };

    /// <summary>All planners, with those of the models given and of those that came with the program.</summary>
    /// <exception cref="ContractException">A model that was given cannot be used.</exception>
    public static PlannerCatalog Catalog(string[]? models) => new PlannerCatalog([.. (models ?? []).Select(PlannerModels.All.Read)]).WithShipped(PlannerModels.All, ModelCard.ShippedFolder);

    /// <exception cref="ContractException">The value is out of range.</exception>
    public static int InRange(string option, int value, int min, int max)
        => value >= min && value <= max ? value : throw new ContractException(FaultCode.BadField, $"{option} must be {min} to {max}, got {value}");

    /// <exception cref="ContractException">The value is out of range.</exception>
    public static double InRange(string option, double value, double min, double max)
        => value >= min && value <= max ? value : throw new ContractException(FaultCode.BadField, string.Create(CultureInfo.InvariantCulture, $"{option} must be {min} to {max}, got {value}"));

    /// <summary>Finds out before hours of work whether a file can be written at their end. What is there stays as it is.</summary>
    /// <exception cref="ContractException">It cannot.</exception>
    public static void MustBeWritable(FileInfo? file)
    {
        if (file is null)
            return;
        try
        {
            if (Directory.Exists(file.FullName))
                throw new IOException("it is a folder");
            new FileStream($"{file.FullName}.{Path.GetRandomFileName()}.tmp", FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write {file.FullName}: {e.Message}", e);
        }
    }

    /// <summary>The JSON of an evaluation: <c>{"command", "version", "seed", "data", "rows"}</c>.</summary>
    public static void WriteJson(FileInfo? file, string command, int seed, string data, JArray rows)
    {
        if (file is null)
            return;
        var result = new JObject
        {
            ["command"] = command,
            ["version"] = Serving.RequestDispatcher.Version,
            ["seed"] = seed,
            ["data"] = data,
            ["rows"] = rows,
        };
        WriteJson(file, result);
    }

    /// <exception cref="ContractException">The file cannot be written.</exception>
    public static void WriteJson(FileInfo? file, JObject result)
    {
        if (file is null)
            return;
        try
        {
            File.WriteAllText(file.FullName, result.ToString(Formatting.Indented) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write {file.FullName}: {e.Message}", e);
        }
    }
}
