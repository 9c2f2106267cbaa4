using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.StandIn.Tests.Support;
using Bridge.Testing;

namespace Bridge.StandIn.Tests;

/// <summary>The program as it is started.</summary>
[TestClass]
public sealed class ProgramTests
{
    [TestMethod]
    [DataRow(0, "--help")]
    [DataRow(0, "run --help")]
    [DataRow(0, "")]
    [DataRow(2, "fly")]
    [DataRow(2, "run")]
    [DataRow(2, "run missing.txt")]
    [DataRow(2, "check missing.txt")]
    [DataRow(2, "run good.txt --simulated 1 --minutes soon")]
    [DataRow(2, "run good.txt --simulated 1 --answer maybe")]
    [DataRow(2, "run good.txt --simulated 1 --holes x.csv")]
    [DataRow(2, "run good.txt --simulated 1 --start 99999")]
    [DataRow(2, "run good.txt --nav missing.nav")]
    [DataRow(2, "run good.txt --limit-minutes 0")]
    [DataRow(0, "run good.txt --simulated 1")]
    [DataRow(0, "run good.txt --simulated 1 --times")]
    [DataRow(1, "run bad.txt")]
    [DataRow(1, "run endless.txt --max-commands 1000")]
    [DataRow(0, "check good.txt")]
    [DataRow(1, "check .")]
    public async Task Main_Arguments_GiveTheExitCode(int exit, string arguments)
    {
        using var folder = new TempFolder();
        folder.Write("good.txt", "Echo hello\n"u8);
        folder.Write("bad.txt", "EndLoop\n"u8);
        folder.Write("endless.txt", "Repeat\n"u8);
        string[] args = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part == "." ? folder.Path : part.Contains('.') ? folder.File(part) : part)];

        Assert.AreEqual(exit, await Program.Main(args));
    }

    [TestMethod]
    public async Task Run_OwnLoopOnATableOfHoles_CollectsWhatTheMinutesAllow()
    {
        using var folder = new TempFolder();
        MeasuredGrid grid = Scripted.SmallGrid();
        HoleTable.Write(folder.File("grid.csv"), grid);
        folder.Write("loop.txt", """
            ScriptName Loop
            SuppressReports
            good = 0
            Loop 40 i
              MoveToNavItem $i
              ReportTickTime seconds
              If $seconds / 60 > 100
                Break
              Endif
              R
              CtfFind A -0.5 -3
              If $RepVal6 <= 6
                good = $good + 1
                ChangeItemColor $i 1
              Endif
              SetNavItemUserValue $i 3 $RepVal6
            EndLoop
            SaveNavigator
            Echo good $good
            """u8);

        int exit = await Program.Main(["run", folder.File("loop.txt"), "--holes", folder.File("grid.csv"), "--nav", folder.File("s.nav"), "--start", "1", "--minutes", "2,5,10,20", "--log", folder.File("log.txt")]);

        double minutes = 0;
        int good = grid.CtfA[0] <= 6 ? 1 : 0;
        for (int hole = 1; hole < 40; hole++)
        {
            minutes += new Bridge.Domain.Sessions.MoveMinutes(2, 5, 10, 20)[grid.Grid.LevelBetween(grid.Grid.Holes[hole - 1].Patch, grid.Grid.Holes[hole].Patch)];
            if (minutes > 100)
                break;
            good += grid.CtfA[hole] <= 6 ? 1 : 0;
        }
        Assert.AreEqual(0, exit);
        Assert.AreEqual($"good {good}", File.ReadAllLines(folder.File("log.txt"))[^1]);
        Assert.IsTrue(good > 0);
        Assert.IsNotNull(Bridge.Domain.Navigator.NavigatorFile.Read(folder.File("s.nav")).Items[0].UserValue(3));
    }
}
