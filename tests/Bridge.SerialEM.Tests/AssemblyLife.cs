namespace Bridge.SerialEM.Tests;

/// <summary>The exports use the one plugin of the process, which reads its settings from the environment.</summary>
[TestClass]
public static class AssemblyLife
{
    private static string s_folder = "";

    [AssemblyInitialize]
    public static void Begin(TestContext _)
    {
        s_folder = Directory.CreateTempSubdirectory("bridge-").FullName;
        Environment.SetEnvironmentVariable("BRIDGE_DATA_FOLDER", s_folder);
        Environment.SetEnvironmentVariable("BRIDGE_AGENT_HOST", "none");
        Environment.SetEnvironmentVariable("BRIDGE_SECRET_FILE", "none");
    }

    [AssemblyCleanup]
    public static void End() => Directory.Delete(s_folder, recursive: true);
}
