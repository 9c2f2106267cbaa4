using Bridge.StandIn.Checking;
using Bridge.StandIn.Commands;
using Bridge.StandIn.Language;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Checking;

[TestClass]
public sealed class CheckerTests
{
    [TestMethod]
    [DataRow("Frobnicate 3", "'Frobnicate' is not")]
    [DataRow("MoveStageTo 3", "at least 2 entries, and 1 are there")]
    [DataRow("Loop 3", "not closed")]
    [DataRow("If 1 == 1\nEndLoop\nEndif", "EndLoop is inside a block that is not closed")]
    [DataRow("EndIf", "EndIf without If")]
    [DataRow("Else", "not in an If block")]
    [DataRow("If 1 == 1\nElse\nElse\nEndif", "follows an Else")]
    [DataRow("If 1 == 1\nElse If 2 == 2\nEndif", "ElseIf, without a blank")]
    [DataRow("Break", "not in a Loop")]
    [DataRow("Throw", "not in a Try block")]
    [DataRow("Try\nEndTry", "has no Catch")]
    [DataRow("Catch", "not in a Try block")]
    [DataRow("Loop 2\nFunction F\nEndFunction", "not closed before a function begins")]
    [DataRow("Function F\nFunction G\nEndFunction", "before the one above has ended")]
    [DataRow("EndFunction", "without Function")]
    [DataRow("Function F of mine\nEndFunction", "one word")]
    [DataRow("SkipTo nowhere", "no label")]
    [DataRow("there:\nSkipTo there", "cannot go backwards")]
    [DataRow("SkipTo in\nLoop 2\nin:\nEndLoop", "into another block")]
    [DataRow("If 1 == 1\nSkipTo in\nElse\nin:\nEndif", "into another block")]
    [DataRow("a:\nA:", "there twice")]
    [DataRow("a: b", "follows the label")]
    [DataRow("x = (1 + 2", "not balanced")]
    [DataRow("x = ( )", "nothing inside")]
    [DataRow("x =", "empty")]
    [DataRow("x = {1 2", "{ and }")]
    [DataRow("Loop = 3", "reserved word")]
    [DataRow("sqrt = 3", "reserved word")]
    [DataRow("Loop 2\nRepeat\nEndLoop", "inside an If block or a loop")]
    [DataRow("Require 999", "scripting version 999")]
    [DataRow("Require magic", "'magic' is not known")]
    [DataRow("Call Nobody", "no script has the name 'Nobody'")]
    [DataRow("CallFunction Nobody", "no function has the name 'Nobody'")]
    [DataRow("CallMacro 9", "no script 9")]
    [DataRow("/* open", "not closed with */")]
    public void Check_Wrong_IsRefusedBeforeAnythingRuns(string wrong, string reason)
    {
        using var scripted = new Scripted();

        RunResult result = scripted.Run($"MoveStageTo 1 1\n{wrong}");

        Assert.AreEqual(RunEnd.Refused, result.End, result.Message);
        StringAssert.Contains(result.Message, reason);
        Assert.AreEqual(0, scripted.World.Stage.Moves);
    }

    [TestMethod]
    [DataRow("Function F\nEcho x")]                           // SerialEM does not ask for the last EndFunction
    [DataRow("a = {1 2 ($x + 1)}")]
    [DataRow("Require variables1 arrays keepcase zeroloop evalargs\nRequire 201")]
    [DataRow("Loop 2\nIf 1 == 1\nSkipTo out\nEndif\nEndLoop\nout:")]
    [DataRow("$shot")]
    [DataRow("Function F\nThrow\nEndFunction")]
    [DataRow("s @= {an (odd text")]
    public void Check_Right_Passes(string right)
    {
        using var scripted = new Scripted();

        IReadOnlyList<CheckProblem> problems = Checker.Check(scripted.Load(right), scripted.Library, CommandTable.Simulated);

        Assert.IsFalse(problems.Any(problem => problem.Refuses), string.Join('\n', problems));
    }

    [TestMethod]
    public void Check_MistakeInACalledScript_NamesThatScript()
    {
        using var scripted = new Scripted();
        scripted.Load("ScriptName Bad\n\nEndLoop", "bad.txt");

        RunResult result = scripted.Run("Call Bad");

        StringAssert.Contains(result.Message, "'Bad' (bad.txt) line 3");
    }
}
