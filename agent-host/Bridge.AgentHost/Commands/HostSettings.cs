using Bridge.AgentHost.Serving;
using Bridge.Contracts;
using Microsoft.Extensions.Configuration;

namespace Bridge.AgentHost.Commands;

/// <summary>What is set for a host beside its command line: in <c>agent-host.json</c> in the data folder, and in environment variables <c>BRIDGE_Host__…</c>.</summary>
internal static class HostSettings
{
    /// <exception cref="ContractException">The file is no JSON.</exception>
    public static void AddTo(IConfigurationBuilder configuration, string dataFolder)
    {
        string file = Path.Combine(Path.GetFullPath(dataFolder), "agent-host.json");
        try
        {
            configuration.AddJsonFile(file, optional: true).AddEnvironmentVariables("BRIDGE_");
        }
        catch (InvalidDataException e)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"{file} is no JSON: {e.InnerException?.Message ?? e.Message} Mend or delete it.", e);
        }
    }

    /// <summary>Where the secret of the host with this data folder is, or null where it asks for none.</summary>
    /// <param name="given">What the command line says; null for nothing.</param>
    /// <exception cref="ContractException">The settings cannot be read.</exception>
    public static string? SecretFile(string? given, string dataFolder)
    {
        if (given is not null)
            return HostSecret.PathOf(given, dataFolder);
        using var configuration = new ConfigurationManager();
        AddTo(configuration, dataFolder);
        return HostSecret.PathOf(configuration[$"{AgentHostOptions.Section}:{nameof(AgentHostOptions.SecretFile)}"], dataFolder);
    }
}
