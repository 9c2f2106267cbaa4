using Bridge.StandIn.Language;
using Bridge.StandIn.Tests.Support;

namespace Bridge.StandIn.Tests.Language;

[TestClass]
public sealed class ArithmeticTests
{
    [TestMethod]
    [DataRow("2 + 3 * 4", "14")]
    [DataRow("20 / 4 * 5", "25")]                       // * and / together, from left to right
    [DataRow("10 - 4 + 3", "9")]                        // + and - together, from left to right
    [DataRow("( 2 + 3 ) * 4", "20")]
    [DataRow("((2 + 3) * (4 - 1)) / 5", "3")]           // parentheses stuck to their items
    [DataRow("- 5 + 2", "-3")]
    [DataRow("-5 + 2", "-3")]
    [DataRow("sqrt 9 + 16", "5")]                       // a function at the start takes the whole rest
    [DataRow("SQRT (9 + 16) + 1", "6")]
    [DataRow("(SQRT 9 + 16) + 1", "6")]                 // both places of the parentheses
    [DataRow("ATAN2 1 1", "45")]
    [DataRow("ATAN2 (0 + 1 2 / 2)", "45")]              // two arguments, each an expression
    [DataRow("SIN ((12 + 48) / 2)", "0.5")]
    [DataRow("modulo 17 5", "2")]
    [DataRow("modulo 7 0", "0")]
    [DataRow("power 2 10", "1024")]
    [DataRow("round 3.14159 2", "3.14")]
    [DataRow("nearint -1.5", "-1")]
    [DataRow("min 3 -4", "-4")]
    [DataRow("max 3 -4", "3")]
    [DataRow("fracdiff 4 5", "0.2")]
    [DataRow("diffabs 4 5", "1")]
    [DataRow("abs -3", "3")]
    [DataRow("log10 1000", "3")]
    [DataRow("exp 0", "1")]
    [DataRow("1 / 3", "0.333333")]                      // six decimals
    [DataRow("1 / 3 * 3", "0.999999")]                  // and every step is cut to them
    [DataRow("1e3 + 1", "1001")]
    [DataRow("hello world", "hello")]                   // only the first word is kept
    [DataRow("3 4", "3")]
    public void Expression_RuleOfTheHelp_HasItsValue(string expression, string value)
        => Assert.AreEqual(value, Scripted.ValueOf(expression));

    [TestMethod]
    [DataRow("1 / 0", "division by zero")]
    [DataRow("sqrt -1", "square root")]
    [DataRow("log 0", "logarithm")]
    [DataRow("1 + x", "'x' is not a number")]
    [DataRow("1 +", "operator + is at the beginning or end")]
    [DataRow("* 3", "operator * is at the beginning or end")]
    [DataRow("1+ 2 * y", "'y' is not a number")]
    public void Expression_ThatCannotBeWorkedOut_NamesTheReason(string expression, string reason)
    {
        RunResult failure = Scripted.FailureOf($"x = {expression}");

        Assert.AreEqual(RunEnd.Aborted, failure.End);
        StringAssert.Contains(failure.Message, reason);
        StringAssert.Contains(failure.Message, "line 1");
    }

    [TestMethod]
    public void Rand_IsBetweenZeroAndOne()
    {
        double value = double.Parse(Scripted.ValueOf("RAND"), System.Globalization.CultureInfo.InvariantCulture);

        Assert.IsTrue(value is >= 0 and <= 1);
    }

    [TestMethod]
    public void CommandArguments_Expressions_AreWorkedOut()
    {
        string[] log = Scripted.LogOf("d = 2\nSetImageShift ($d + 1) ($d * 2)\nReportImageShift x y\nEcho $x $y");

        Assert.AreEqual("3 4", log[^1]);
    }

    [TestMethod]
    public void CommandArguments_CommandWithoutArithmetic_AreLeftAlone()
    {
        string[] log = Scripted.LogOf("Echo 1 + 1\nEchoEval 1 + 1");

        CollectionAssert.AreEqual(new[] { "1 + 1", "2" }, log);
    }

    [TestMethod]
    [DataRow("If 1 < 2", true)]
    [DataRow("If 1 > 2", false)]
    [DataRow("If 2 >= 2 AND 3 <= 3", true)]
    [DataRow("If 1 == 1.0", true)]
    [DataRow("If 1 != 1", false)]
    [DataRow("If 1 < 2 OR 1 < 2 AND 1 > 2", false)]       // from left to right: (true or true) and false
    [DataRow("If 1 < 2 OR (1 < 2 AND 1 > 2)", true)]
    [DataRow("If (1 < 2 OR 1 < 2) and 1 > 2", false)]
    [DataRow("If 1 + 1 == 4 / 2", true)]
    [DataRow("If sqrt (3 * 3 + 4 * 4) < 6", true)]
    [DataRow("If ( 1 < 2 )", true)]
    [DataRow("If ((1 > 2) OR (3 > 2)) AND (5 == 5)", true)]
    [DataRow("If ( MODULO ( 10 5 ) == 0 )", true)]
    public void If_Condition_HasItsTruth(string line, bool truth)
    {
        string[] log = Scripted.LogOf($"{line}\nEcho yes\nElse\nEcho no\nEndif");

        CollectionAssert.AreEqual(new[] { truth ? "yes" : "no" }, log);
    }

    [TestMethod]
    [DataRow("If 1 2 3", "no comparison")]
    [DataRow("If 1 < 2 < 3", "two comparisons")]
    [DataRow("If 1 < 2 AND", "AND or OR is at the beginning or end")]
    [DataRow("If a == a", "'a' is not a number")]
    [DataRow("If == 1 1", "beginning or end of a clause")]
    public void If_NoCondition_NamesTheReason(string line, string reason)
        => StringAssert.Contains(Scripted.FailureOf($"{line}\nEndif").Message, reason);
}
