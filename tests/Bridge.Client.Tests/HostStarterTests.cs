using Bridge.Testing;

namespace Bridge.Client.Tests;

[TestClass]
public sealed class HostStarterTests
{
    [TestMethod]
    public void TryStart_MissingProgram_SaysSo()
    {
        var starter = new HostStarter("no-such-program-anywhere", ["serve"], TimeProvider.System);

        string? what = starter.TryStart();

        StringAssert.StartsWith(what, "could not start no-such-program-anywhere: ");
    }

    [TestMethod]
    public void TryStart_NoProgram_SaysSo()
    {
        var starter = new HostStarter("", [], TimeProvider.System);

        StringAssert.StartsWith(starter.TryStart(), "could not start");
    }

    [TestMethod]
    public void TryStart_AgainWithinThePause_DoesNothing()
    {
        var clock = new HandTurnedClock();
        var starter = new HostStarter("no-such-program-anywhere", [], clock);
        Assert.IsNotNull(starter.TryStart());

        clock.Advance(HostStarter.Pause - TimeSpan.FromTicks(1));
        string? tooSoon = starter.TryStart();
        clock.Advance(TimeSpan.FromTicks(1));
        string? again = starter.TryStart();

        Assert.IsNull(tooSoon);
        Assert.IsNotNull(again);
    }

    [TestMethod]
    public void TryStart_Program_RunsWithItsArguments()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("needs /bin/sh");
        using var folder = new TempFolder();
        string made = folder.File("with space");
        var starter = new HostStarter("/bin/sh", ["-c", "touch \"$0\"", made], TimeProvider.System);

        string? what = starter.TryStart();

        StringAssert.StartsWith(what, "started /bin/sh (process ");
        Support.Soon.IsTrue(() => File.Exists(made), "the program made its file");
    }
}
