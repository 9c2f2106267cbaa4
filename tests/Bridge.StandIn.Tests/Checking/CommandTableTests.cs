using Bridge.Contracts;
using Bridge.StandIn.Checking;
using Bridge.StandIn.Commands;
using Bridge.StandIn.Language;
using Bridge.StandIn.Tests.Support;
using Bridge.Testing;

namespace Bridge.StandIn.Tests.Checking;

[TestClass]
public sealed class CommandTableTests
{
    [TestMethod]
    public void Simulated_BesideSerialEMsOwnList_AgreeInEntriesAndArithmetic()
    {
        CommandTable whole = CommandTable.Read(SharedFacts.Commands());
        var different = new List<string>();

        foreach (CommandInfo simulated in CommandTable.Simulated.All)
        {
            CommandInfo? known = whole.Find(simulated.Name);
            if (known is null || known.Handler is null || known.MinArguments != simulated.MinArguments || known.Arithmetic != simulated.Arithmetic || known.Name != simulated.Name)
                different.Add($"{simulated.Name}: {simulated.MinArguments} {simulated.Arithmetic}, SerialEM: {known?.Name} {known?.MinArguments} {known?.Arithmetic}");
        }

        Assert.AreEqual(0, different.Count, string.Join('\n', different));
        Assert.IsTrue(CommandTable.Simulated.All.Count > 200 && whole.All.Count > 800);
    }

    [TestMethod]
    public void Run_CommandThatIsKnownAndNotSimulated_SaysSo()
    {
        using var scripted = new Scripted(commands: CommandTable.Read(SharedFacts.Commands()));

        RunResult result = scripted.Run("PhasePlateToNextPos");

        Assert.AreEqual(RunEnd.Aborted, result.End);
        StringAssert.Contains(result.Message, "does not simulate");
    }

    [TestMethod]
    public void Check_TextForANumber_IsAWarning()
    {
        var library = new ScriptLibrary();
        Script script = library.Add("t.txt", "SetDefocus foc1")[0];

        CheckProblem problem = Checker.Check(script, library, CommandTable.Read(SharedFacts.Commands())).Single();

        Assert.IsFalse(problem.Refuses);
        StringAssert.Contains(problem.Message, "needs a number as entry 1");
    }

    [TestMethod]
    [DataRow("command\tmin_args\tflags\tpython\targ_types\nRecord\tx\t0\tyes\t\n", "line 2")]
    [DataRow("command\tmin_args\tflags\tpython\targ_types\nRecord\t0\t0\tyes\t\n", "too short")]
    public void Read_NoList_IsRefusedByName(string content, string reason)
    {
        using var folder = new TempFolder();
        string path = folder.Write("list.tsv", System.Text.Encoding.UTF8.GetBytes(content));

        ContractException error = Assert.ThrowsExactly<ContractException>(() => CommandTable.Read(path));

        StringAssert.Contains(error.Message, reason);
        StringAssert.Contains(error.Message, "list.tsv");
    }
}
