using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Language;

[TestClass]
public sealed class FlowTests
{
    [TestMethod]
    [DataRow("Loop 3 i\nEcho $i\nEndLoop", "1|2|3")]
    [DataRow("Loop 0 i\nEcho $i\nEndLoop\nEcho end", "end")]
    [DataRow("Loop 1.6\nEcho x\nEndLoop", "x|x")]                                      // to the nearest whole number
    [DataRow("DoLoop i 5 1 -2\nEcho $i\nEndLoop", "5|3|1")]
    [DataRow("DoLoop i 2 1\nEcho $i\nEndLoop\nEcho end", "end")]
    [DataRow("n = 2\nLoop $n + 1 i\nEcho $i\nEndLoop", "1|2|3")]
    [DataRow("Loop 3 i\nIf $i == 2\nContinue\nEndif\nEcho $i\nEndLoop", "1|3")]
    [DataRow("Loop 3 i\nLoop 3 j\nIf $j == 2\nBreak\nEndif\nEcho $i$j\nEndLoop\nEndLoop", "11|21|31")]
    [DataRow("x = 2\nIf $x == 1\nEcho a\nElseIf $x == 2\nEcho b\nElseIf $x == 2\nEcho c\nElse\nEcho d\nEndif", "b")]
    [DataRow("x = 9\nIf $x == 1\nEcho a\nElseIf $x == 2\nEcho b\nElse\nEcho d\nEndif\nEcho e", "d|e")]
    [DataRow("If 1 == 2\nIf 1 == 1\nEcho a\nElse\nEcho b\nEndif\nElse\nEcho c\nEndif", "c")]
    [DataRow("Loop 2 i\nLoop 2 j\nSkipTo out\nEndLoop\nEndLoop\nout:\nEcho out\nLoop 1 i\nEcho $i\nEndLoop", "out|1")]
    [DataRow("skipto HERE\nEcho no\nhere:\nEcho yes", "yes")]
    [DataRow("Echo a \\\n  b \\\n# a comment in between\n  c", "a   b   c")]
    [DataRow("# comment\n/* more\nand more */\nEcho x\n/* one line */\nECHO y", "x|y")]
    [DataRow("x = 3 # said\nEcho $x", "3")]
    [DataRow("Exit bye now\nEcho no", "bye now")]
    [DataRow("Return\nEcho no", "")]
    public void Script_Flow_EchoesInOrder(string script, string echoes)
    {
        Assert.AreEqual(echoes, string.Join('|', Scripted.LogOf(script)));
    }

    [TestMethod]
    [DataRow("CallFunction F 1 2 and a text\nFunction F 2 1\nEcho $argVal1 $argVal2 $argVal3 $numCallArgs\nEndFunction", "1 2 and a text 3")]
    [DataRow("CallFunction F 1\nFunction F 2 1 a b c\nEcho $a $b [$c] $numCallArgs\nEndFunction", "1 0 [] 1")]
    [DataRow("CallFunction F\nEcho $RepVal1 $RepVal2\nFunction F\nReturn 4 text\nEndFunction", "4 text")]
    [DataRow("CallFunction F 2\nEcho $x\nFunction F 1 0 n\nx = $n * 2\nLoop 3\nReturn\nEndLoop\nx = 0\nEndFunction", "4")]
    [DataRow("CallFunction F\nEcho back\nFunction F\nCallFunction G\nEcho F\nEndFunction\nFunction G\nEcho G\nEndFunction", "G|F|back")]
    [DataRow("Try\nCallFunction F\nEcho no\nCatch\nEcho caught\nEndTry\nFunction F\nLoop 2 i\nThrow too bad\nEndLoop\nEndFunction", "Jumping|caught")]
    [DataRow("Try 1\nThrow quiet\nCatch\nEcho caught\nEndTry", "caught")]
    [DataRow("Try 1\nTry 1\nThrow\nCatch\nThrow\nEndTry\nEcho no\nCatch\nEcho outer\nEndTry\nEcho end", "outer|end")]
    [DataRow("Try\nEcho fine\nCatch\nEcho no\nEndTry\nEcho end", "fine|end")]
    [DataRow("Try 1\nMoveStageTo 1e9 0\nCatch\nEcho limit\nEndTry", "limit")]
    [DataRow("Loop 2 i\nTry 1\nThrow\nCatch\nContinue\nEndTry\nEcho no\nEndLoop\nEcho end", "end")]
    public void Script_FunctionsAndErrors_EchoInOrder(string script, string echoes)
    {
        string[] log = Scripted.LogOf(script);

        Assert.AreEqual(echoes, string.Join('|', log.Select(line => line.StartsWith("Jumping", StringComparison.Ordinal) ? "Jumping" : line)));
    }

    [TestMethod]
    public void Call_AnotherScript_ReturnsToTheLineAfter()
    {
        using var scripted = new Scripted();
        scripted.Load("ScriptName Helper One\nEcho helper $x\ny = 2", "helper.txt");

        RunResult result = scripted.Run("x = 1\nCall Helper One\nEcho back $y\nCallMacro 1\nCallFunction Helper Two::F 3");

        Assert.AreEqual(RunEnd.Refused, result.End);
        StringAssert.Contains(result.Message, "'Helper Two'");
        Assert.AreEqual(RunEnd.Completed, scripted.Run("x = 1\nCall Helper One\nEcho back $y\nCallMacro 1").End);
        CollectionAssert.AreEqual(new[] { "helper 1", "back 2", "helper 1" }, scripted.Log[^3..]);
    }

    [TestMethod]
    public void CallFunction_ScriptNameWithBlanks_IsFound()
    {
        using var scripted = new Scripted();
        scripted.Load("ScriptName Many Funcs\nFunction F 1 0 n\nEcho many $n\nEndFunction", "many.txt");

        RunResult result = scripted.Run("CallFunction Many Funcs::F 3\nCallFunction 1::F 4\nCallFunction F 5");

        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        CollectionAssert.AreEqual(new[] { "many 3", "many 4", "many 5" }, scripted.Log);
    }

    [TestMethod]
    public void CallFunction_Itself_IsRefusedWhenItHappens()
        => StringAssert.Contains(Scripted.FailureOf("CallFunction F\nFunction F\nCallFunction F\nEndFunction").Message, "running already");

    [TestMethod]
    public void Error_InAFunction_NamesScriptFunctionAndLine()
    {
        RunResult failure = Scripted.FailureOf("ScriptName Mine\n\n# comment\nCallFunction F\nFunction F\nx = 1 / 0\nEndFunction");

        StringAssert.Contains(failure.Message, "script 1 'Mine' (test.txt), function F, line 6: x = 1 / 0");
    }

    [TestMethod]
    public void Error_WithOnStopCallFunc_RunsTheFunctionAndEndsAborted()
    {
        using var scripted = new Scripted();

        RunResult result = scripted.Run("OnStopCallFunc Clean\nx = 3\nMoveStageTo 1e9 0\nEcho no\nFunction Clean\nEcho clean $x\nEndFunction");

        Assert.AreEqual(RunEnd.Aborted, result.End);
        Assert.AreEqual("clean 3", scripted.Log[^1]);
        StringAssert.Contains(result.Message, "outside the limits");
        Assert.AreEqual(1, scripted.World.Log.Boxes);
    }

    [TestMethod]
    public void Error_AfterNoMessageBoxOnError_OpensNoBox()
    {
        using var scripted = new Scripted();

        scripted.Run("NoMessageBoxOnError\nMoveStageTo 1e9 0");

        Assert.AreEqual(0, scripted.World.Log.Boxes);
        StringAssert.StartsWith(scripted.Log[^1], "ERROR: ");
    }

    [TestMethod]
    [DataRow("Loop 1000000000\nEndLoop")]
    [DataRow("Repeat")]
    [DataRow("DoMacro 1")]
    [DataRow("DoLoop i 1 2000000000\nx = $i\nEndLoop")]
    public void EndlessScript_EndsAtTheLimit(string script)
    {
        RunResult failure = Scripted.FailureOf(script);

        Assert.AreEqual(RunEnd.Limit, failure.End);
        StringAssert.Contains(failure.Message, "endless loop");
    }

    [TestMethod]
    public void Delay_BeyondTheSimulatedMinutes_EndsAtTheLimitEvenInATry()
    {
        using var scripted = new Scripted(new StandInOptions { LimitMinutes = 60 });

        RunResult result = scripted.Run("Try\nLoop 100\nDelay 1 min\nEndLoop\nCatch\nEcho no\nEndTry");

        Assert.AreEqual(RunEnd.Limit, result.End);
        StringAssert.Contains(result.Message, "60 min");
    }

    [TestMethod]
    public void Questions_AreAnsweredByOption()
    {
        using var scripted = new Scripted(new StandInOptions { AnswerYes = false });

        RunResult result = scripted.Run("YesNoBox Go on?\nEcho $RepVal1\nPause Really?");

        Assert.AreEqual(RunEnd.Aborted, result.End);
        Assert.IsTrue(scripted.Log.Contains("0"));
        StringAssert.Contains(result.Message, "Really?");
    }
}
