using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Language;

/// <summary>Whatever the text, a run ends with a result.</summary>
[TestClass]
public sealed class DamagedTextTests
{
    private const string Script = """
        ScriptName Whole
        x = {1 2 ($y + 3)}
        Loop $#x i
          If $x[$i] > 1 AND ($i < 3 OR sqrt ($i * 2) >= 1)
            CallFunction F $i some text
          ElseIf $i == 1
            Try 1
              Throw a
            Catch
              Echo $i
            EndTry
          Else
            SkipTo out
          Endif
        EndLoop
        out:
        New2DArray m 0 2 2
        m[1][2] = $i
        ReportNavItem
        MoveToNavItem $navIndex + 1
        SetNavItemUserValue 1 2 $RepVal1
        Function F 1 1 n s
        t @= $s $n
        EndFunction
        """;

    [TestMethod]
    public void Run_SeededDamage_EndsWithAResult()
    {
        var random = new Random(7);
        var ends = new HashSet<RunEnd>();

        for (int i = 0; i < 3_000; i++)
        {
            using var scripted = new Scripted(new StandInOptions { MaxCommands = 1_000, LimitMinutes = 1_000 }, i % 10 == 0 ? Scripted.SmallGrid() : null);
            foreach (Script script in scripted.Library.Add("damaged.txt", Mutation.Of("y = 2\n" + Script, random)))
                ends.Add(scripted.Interpreter.Run(script).End);
        }

        Assert.IsTrue(ends.Contains(RunEnd.Refused) && ends.Contains(RunEnd.Aborted));
    }

    [TestMethod]
    public void Run_BytesOfNoScript_EndsWithAResult()
    {
        var random = new Random(8);
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => (char)random.Next(1, i % 2 == 0 ? 128 : 60_000)));
            using var scripted = new Scripted(new StandInOptions { MaxCommands = 1_000 });
            foreach (Script script in scripted.Library.Add("noise.txt", text))
                Assert.AreNotEqual(RunEnd.Limit, scripted.Interpreter.Run(script).End);
        }
    }
}
