namespace Bridge.AgentHost.Doctor;

/// <summary>What a checkup looks at.</summary>
/// <param name="DataFolder">The host's data folder.</param>
/// <param name="Endpoint">Where the host listens.</param>
/// <param name="SecretFile">File with the host's secret, or null where it asks for none.</param>
/// <param name="PluginFolder">SerialEM's Plugins folder, or null if it is not known.</param>
/// <param name="ModelFolder">Where the weights lie that came with the program.</param>
public sealed record CheckupSettings(string DataFolder, string Endpoint, string? SecretFile, string? PluginFolder, string ModelFolder);
