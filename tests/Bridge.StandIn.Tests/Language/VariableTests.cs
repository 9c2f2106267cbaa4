using Bridge.StandIn.Language;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Language;

[TestClass]
public sealed class VariableTests
{
    [TestMethod]
    [DataRow("Name = 3\nEcho $NAME $name", "3 3")]                                       // case does not count
    [DataRow("dir = C:\\Data\nEcho $dir\\file", "C:\\Data\\file")]                        // inside a text
    [DataRow("x = 1\nxx = 2\nEcho $xx $x", "2 1")]                                        // the longest name counts
    [DataRow("x = 1\nEcho $xy", "1y")]
    [DataRow("s @= two words # and this\nEcho $s", "two words # and this")]              // all of the rest
    [DataRow("a = {1 2 3}\nEcho $a[2] $#a", "2 3")]
    [DataRow("a = { 1 2 3 }\ni = 1\nEcho $a[$i]", "1")]
    [DataRow("b = 4\na = {$b ($b + 1)}\nEcho $a", "4  5")]                                // lines become two blanks
    [DataRow("a = {1 2}\na = {$a 3}\nEcho $#a $a[3]", "3 3")]
    [DataRow("a = {5 6 7}\nc = {3 1}\nEcho $a[$c[1]]", "7")]
    [DataRow("a = {1 2 3 4 5 6}\nnx = 3\nix = 2\niy = 2\nEcho $a[($iy-1)*$nx+$ix]", "5")]
    [DataRow("a = {1 2 3}\na[2] = 9\nEcho $a[1] $a[2] $a[3]", "1 9 3")]
    [DataRow("a = {1 2}\na[1] = {7 8}\nEcho $#a $a[2] $a[3]", "3 8 2")]                   // an element becomes two
    [DataRow("New2DArray m 0 2 3\nm[2][3] = 5\nEcho $m[2][3] $m[1][1] $#m $#m[2]", "5 0 2 3")]
    [DataRow("New2DArray m 0 2 2\nm[1] = {7 8 9}\nEcho $m[1] $#m[1]", "7  8  9 3")]
    [DataRow("New2DArray m\nAppendToArray m {1 2}\nAppendToArray m[1] 3\nEcho $#m $m[1][3]", "1 3")]
    [DataRow("NewArray a 0 4\nTruncateArray a 2\nEcho $#a", "2")]
    [DataRow("m @= one\\ntwo\nEcho $#m $m[2]", "2 two")]
    [DataRow("ParseQuotedStrings\na = { 'first one' 'and two' }\nEcho $#a $a[1]", "2 first one")]
    [DataRow("a = {4 1 7}\nArrayStatistics a n low high mean\nEcho $n $low $high $mean", "3 1 7 4")]
    [DataRow("x = {1 2 3}\ny = {3 5 7}\nLinearFitToVars x y\nEcho $RepVal2 $RepVal3", "2 1")]
    [DataRow("IsVariableDefined nix\nEcho $RepVal1 $ReportedValue1", "0 0")]
    [DataRow("d = 5 \nReportMag mine\nEcho $mine $RepVal1", "81000 81000")]
    [DataRow("shot = Echo\n$shot said", "said")]                                           // a command from a variable
    public void Script_RuleOfTheHelp_EchoesItsValue(string script, string echo)
    {
        Assert.AreEqual(echo, Scripted.LogOf(script)[^1]);
    }

    [TestMethod]
    [DataRow("Echo $undefined", "not defined")]
    [DataRow("s @= $no", "not defined")]
    [DataRow("a = {1 2}\nEcho $a[3]", "out of range for variable A, which has 2 elements")]
    [DataRow("a = {1 2}\nEcho $a[1.5]", "not close to a whole number")]
    [DataRow("a = {1 2}\nEcho $a[x]", "is not a number")]
    [DataRow("a = {1 2}\nEcho $a[", "no ]")]
    [DataRow("a = {1 2}\nEcho $a[1][1]", "not a 2-D array")]
    [DataRow("New2DArray m 0 2 2\nEcho $m", "needs a row number")]
    [DataRow("b[1] = 3", "must be defined")]
    [DataRow("Loop 2 i\ni = 5\nEndLoop", "loop index")]
    [DataRow("p := 1\np = 2", "must be assigned to with :=")]
    [DataRow("p = 1\np := 2", "must be assigned to with =")]
    [DataRow("i = 1\nLoop 2 i\nEndLoop", "exists already")]
    [DataRow("ReportImageShift\nEcho $RepVal3", "not defined")]                           // only what was reported last is there
    [DataRow("w = If\n$w", "control command")]
    public void Script_WrongUse_NamesTheReason(string script, string reason)
        => StringAssert.Contains(Scripted.FailureOf(script).Message, reason);

    [TestMethod]
    public void Persistent_NextRun_IsThereStillAndRegularIsNot()
    {
        using var scripted = new Scripted();
        scripted.Run("keep := 7\nlose = 8");

        RunResult second = scripted.Run("IsVariableDefined lose\nEcho $RepVal1 $keep\nkeep :=\nIsVariableDefined keep\nEcho $RepVal1");

        Assert.AreEqual(RunEnd.Completed, second.End, second.Message);
        CollectionAssert.AreEqual(new[] { "0 7", "0" }, scripted.Log);
    }

    [TestMethod]
    public void LocalVar_InFunction_HidesTheGlobalOneAndGoesAway()
    {
        string[] log = Scripted.LogOf("x = 1\nCallFunction F\nEcho $x\nFunction F\nLocalVar x y\nx = 5\nEcho $x $y\nEndFunction");

        CollectionAssert.AreEqual(new[] { "5 0", "1" }, log);
    }

    [TestMethod]
    public void LoopIndex_AfterTheLoop_IsGone()
    {
        string[] log = Scripted.LogOf("Loop 2 i\nEndLoop\nIsVariableDefined i\nEcho $RepVal1\nLoop 1 i\nEcho $i\nEndLoop");

        CollectionAssert.AreEqual(new[] { "0", "1" }, log);
    }

    [TestMethod]
    public void Value_DoubledWithoutEnd_IsRefusedBeforeMemoryIsGone()
        => StringAssert.Contains(Scripted.FailureOf("a = {1 2}\nLoop 1000\na = {$a $a $a $a}\nEndLoop").Message, "4000000");

    [TestMethod]
    public void EchoNoVarSub_LeavesNamesAsTheyAre()
        => CollectionAssert.AreEqual(new[] { "$s", "x" }, Scripted.LogOf("s @= x\nEchoNoVarSub $s\nEcho $s"));
}
