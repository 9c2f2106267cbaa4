using Bridge.Install.Tests.Support;

namespace Bridge.Install.Tests;

[TestClass]
public static class AssemblyLife
{
    [AssemblyCleanup]
    public static void End() => InstalledBridge.EndWindows();
}
