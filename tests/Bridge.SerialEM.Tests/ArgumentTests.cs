using Bridge.Contracts;
using Bridge.SerialEM.Tests.Support;

namespace Bridge.SerialEM.Tests;

/// <summary>Wrong use gets a code and a sentence.</summary>
[TestClass]
public sealed class ArgumentTests
{
    private const double Wrong = (double)FaultCode.BadField;

    [TestMethod]
    public void Invoke_UnknownFunction_IsRefused()
    {
        using var script = new Script();

        double result = script.Plugin.Invoke("suggestnexthole", [], [], null, [], out string? text);

        Script.IsFault(FaultCode.UnknownMessageType, result, text!, "suggestnexthole");
    }

    [TestMethod]
    [DataRow("SetBudget", 0, 0)]
    [DataRow("SetBudget", 0, 2)]
    [DataRow("SetBudget", 1, 0)]
    [DataRow("ReportSkipped", 1, 0)]
    [DataRow("CloseSession", 0, 1)]
    public void Invoke_WrongNumberOfValues_SaysHowToUseIt(string name, int ints, int doubles)
    {
        using var script = new Script();

        double result = script.Plugin.Invoke(name, new int[ints], new double[doubles], null, [], out string? text);

        Script.IsFault(FaultCode.BadField, result, text!, $"Plugin Bridge {name}");
    }

    [TestMethod]
    public void Invoke_NoPlaceForResults_IsRefused()
    {
        using var script = new Script();

        double result = script.Plugin.Invoke("SuggestNextHole", [], [], null, new double[2], out string? text);

        Script.IsFault(FaultCode.BadField, result, text!, "SuggestNextHole");
    }

    [TestMethod]
    public void Invoke_EveryFunctionWithEveryBadNumber_NeitherThrowsNorSucceeds()
    {
        using var script = new Script();
        foreach (PluginFunction function in PluginFunctions.All.Where(function => function.DoublesIn > 0))
        {
            foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                double[] values = [.. Enumerable.Repeat(bad, function.DoublesIn)];
                Assert.AreEqual(Wrong, script.Plugin.Invoke(function.Name, [], values, "last", script.Outs, out _), function.Name);
            }
        }
    }

    [TestMethod]
    public void Invoke_EveryTextFunctionWithoutOrWithTooLongAText_IsRefused()
    {
        using var script = new Script();
        foreach (PluginFunction function in PluginFunctions.All.Where(function => function.IfString > 0))
        {
            Assert.AreEqual(Wrong, script.Plugin.Invoke(function.Name, [], new double[function.DoublesIn], null, [], out _), function.Name);
            Assert.AreEqual(Wrong, script.CallText(function.Name, " \t "), function.Name);
            Assert.AreEqual((double)FaultCode.TooLarge, script.CallText(function.Name, new string('x', PluginHost.MaxText + 1)), function.Name);
        }
    }

    [TestMethod]
    [DataRow("SetDeadline", -1.0)]
    [DataRow("SetDeadline", 2001.0)]
    [DataRow("SetClock", -1.0)]
    [DataRow("SetMode", 0.0)]
    [DataRow("SetMode", 4.0)]
    [DataRow("SetImageShiftLimit", -1.0)]
    [DataRow("SetSurveyMinutes", 0.0)]
    public void Call_OutOfRange_NamesTheRange(string name, double value)
    {
        using var script = new Script();

        double result = script.Call(name, value);

        Script.IsFault(FaultCode.BadField, result, script.Text!, name, "must be");
    }

    [TestMethod]
    [DataRow("tcp://10.0.0.1:48950")]
    [DataRow("tcp://127.0.0.1:0")]
    [DataRow("tcp://127.0.0.1:99999")]
    [DataRow("tcp://127.0.0.1")]
    [DataRow("ipc:///tmp/x")]
    [DataRow("hello")]
    public void Connect_NotAnEndpointOnThisComputer_IsRefused(string endpoint)
    {
        using var script = new Script();

        double result = script.CallText("Connect", endpoint);

        Script.IsFault(FaultCode.BadField, result, script.Text!, endpoint);
    }

    [TestMethod]
    public void Call_BeforeOpenSession_SaysSo()
    {
        using var script = new Script();
        (string Name, double[] Values)[] calls =
        [
            ("SetBudget", [1]), ("UpdateStage", [1, 2, 3]), ("SuggestNextHole", []), ("ReportVisit", [1]), ("ReportCtf", [1, 4, 0, 0]), ("ReportSkipped", [1, 0]), ("ReportMove", [1, 2]), ("CloseSession", []),
        ];

        foreach ((string name, double[] values) in calls)
        {
            double result = script.Call(name, values);
            Script.IsFault(FaultCode.UnknownSession, result, script.Text!, "OpenSession");
        }
        Assert.AreEqual((double)FaultCode.UnknownSession, script.CallText("Explain", "session"));
        Assert.AreEqual((double)FaultCode.UnknownItem, script.Call("SuggestedStage"));
        Assert.AreEqual((double)FaultCode.UnknownItem, script.Call("Confirm", 1));
    }

    [TestMethod]
    public void Explain_Fault_GivesTheLastSentence()
    {
        using var script = new Script();
        Assert.AreEqual("nothing has failed", script.Explain("fault"));
        script.Call("SetMode", 9);

        string text = script.Explain("fault");

        StringAssert.Contains(text, "SetMode");
        Assert.AreEqual(text, script.Explain("fault"), "asking changes nothing");
    }

    [TestMethod]
    public void Explain_EveryFaultCode_HasASentenceOfItsOwn()
    {
        using var script = new Script();
        string unknown = FaultTexts.Of((FaultCode)(-999));
        var seen = new HashSet<string> { unknown };
        foreach (FaultCode code in Enum.GetValues<FaultCode>())
        {
            Assert.AreEqual(1.0, script.CallText("Explain", $"code {(int)code}"));
            Assert.IsTrue(seen.Add(FaultTexts.Of(code)), $"{code} has no sentence");
            StringAssert.Contains(script.Text!, FaultTexts.Of(code));
        }
    }

    [TestMethod]
    public void Explain_Help_KnowsEveryFunction()
    {
        using var script = new Script();
        string all = script.Explain("help");
        foreach (PluginFunction function in PluginFunctions.All)
        {
            StringAssert.Contains(all, function.Name);
            StringAssert.Contains(script.Explain("help " + function.Name), function.Help);
        }
        Assert.AreEqual(Wrong, script.CallText("Explain", "help nothing"));
    }

    [TestMethod]
    public void Call_OnlyLocalFunctions_StartsNoThreadAndWritesNoClient()
    {
        using var script = new Script();

        script.Call("SetMode", 3);
        script.Call("SetStageLimits", -1, 1, -1, 1);
        script.Call("MayMove", 0, 0, 0);

        Assert.DoesNotContain("client for", script.Log);
    }
}
