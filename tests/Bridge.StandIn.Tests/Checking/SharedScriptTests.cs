using Bridge.StandIn.Commands;
using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;
using Bridge.StandIn.Tests.Support;
using Bridge.Testing;

namespace Bridge.StandIn.Tests.Checking;

/// <summary>Scripts that other people use, in all their variety.</summary>
[TestClass]
public sealed class SharedScriptTests
{
    /// <summary>What is wrong with those that SerialEM would refuse as well.</summary>
    private static readonly Dictionary<string, string> s_scriptsFault = new(StringComparer.Ordinal)
    {
        ["GridAtlas.txt"] = "EndIf without If",
        ["LD.txt"] = "no script has the name 'CycleTargetFocus'",
        ["LD_1.0.txt"] = "no script has the name 'CheckDewarAutofill'",
        ["Probe_intensity_value_(condenser_lens)_1.0.txt"] = "'reportIntensityCmd' is not a command",
        ["Set_intensity_value_(condenser_lens)_1.0.txt"] = "'setIntensityCmd' is not a command",
    };

    [TestMethod]
    public void Check_EveryScript_RefusesNoneThatIsRight()
    {
        using var output = new StringWriter();

        int exit = CheckCommand.Run([SharedData.PathOf("scripts")], CommandTable.Read(SharedFacts.Commands()), [], together: false, output);

        string text = output.ToString();
        string[] refused = [.. text.Split('\n').Where(line => line.StartsWith("REFUSED", StringComparison.Ordinal)).Select(line => Path.GetFileName(line.Trim())).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(s_scriptsFault.Keys.Order(StringComparer.Ordinal).ToArray(), refused, text);
        foreach (string reason in s_scriptsFault.Values)
            StringAssert.Contains(text, reason);
        StringAssert.Contains(text, "75 of 80 script files pass");
        Assert.AreEqual(1, exit);
    }

    [TestMethod]
    public void Run_EveryScriptAndManyDamagedOnes_EndsWithAReasonAndNeverCrashes()
    {
        CommandTable commands = CommandTable.Read(SharedFacts.Commands());
        using var folder = new TempFolder();
        var random = new Random(20261121);
        int runs = 0;

        foreach (string file in Directory.EnumerateFiles(SharedData.PathOf("scripts"), "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));
            for (int variant = 0; variant < 12; variant++)
                runs += RunOne(variant == 0 ? text : Mutation.Of(text, random), commands, folder.Path);
        }

        Assert.IsTrue(runs >= 80 * 12);
    }

    private static int RunOne(string text, CommandTable commands, string folder)
    {
        using var scripted = new Scripted(new StandInOptions { MaxCommands = 2_000, LimitMinutes = 10_000 }, Scripted.SmallGrid(), commands: commands);
        scripted.World.TextFiles.Folder = folder;
        IReadOnlyList<Script> scripts = scripted.Library.Add("mutated.txt", text);
        foreach (Script script in scripts)
        {
            RunResult result = scripted.Interpreter.Run(script);
            Assert.IsTrue(result.End == RunEnd.Completed || result.Message.Length > 0);
        }
        return 1;
    }
}
