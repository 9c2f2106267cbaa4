using Newtonsoft.Json.Linq;

namespace Bridge.Contracts.Tests;

[TestClass]
public sealed class AllowedAreaTests
{
    [TestMethod]
    [DataRow(-1.0, 0.0, true)]
    [DataRow(2.0, 4.0, true)]
    [DataRow(2.001, 4.0, false)]
    [DataRow(0.0, -3.001, false)]
    public void RefusalOf_Stage_NamesWhatLiesOutside(double x, double y, bool allowed)
    {
        var area = new AllowedArea(-1, 2, -3, 4);

        string? why = area.RefusalOf(new StageUm(x, y, 0));

        Assert.AreEqual(allowed, why is null);
        if (why is not null)
            StringAssert.Contains(why, "X -1 to 2, Y -3 to 4");
    }

    [TestMethod]
    public void RefusalOf_Square_UnknownOnesAreOutside()
    {
        AllowedArea area = AllowedArea.Everywhere with { Squares = new HashSet<string> { "A" } };

        Assert.IsNull(area.RefusalOf(default, "A"));
        StringAssert.Contains(area.RefusalOf(default, "B")!, "'B'");
        StringAssert.Contains(area.RefusalOf(default, "")!, "not known");
    }

    [TestMethod]
    public void Parse_WhatToJsonMade_IsTheSame()
    {
        AllowedArea area = new AllowedArea(-1, 2, -3, 4) { Squares = new HashSet<string> { "b", "a" } };

        AllowedArea back = AllowedArea.Parse(area.ToJson());

        Assert.AreEqual(area.ToJson().ToString(), back.ToJson().ToString());
        Assert.IsTrue(back.Squares!.SetEquals(["a", "b"]));
    }

    [TestMethod]
    [DataRow("""{"x_min_um":1}""")]
    [DataRow("""{"x_min_um":1,"x_max_um":0,"y_min_um":0,"y_max_um":0}""")]
    [DataRow("""{"x_min_um":1,"x_max_um":1e9,"y_min_um":0,"y_max_um":0}""")]
    [DataRow("""{"x_min_um":0,"x_max_um":1,"y_min_um":0,"y_max_um":1,"squares":[1]}""")]
    [DataRow("""{"x_min_um":0,"x_max_um":1,"y_min_um":0,"y_max_um":1,"squares":"a"}""")]
    public void Parse_BadFields_AreRefused(string json)
    {
        ContractException refusal = Assert.ThrowsExactly<ContractException>(() => AllowedArea.Parse(JObject.Parse(json)));

        Assert.AreEqual(FaultCode.BadField, refusal.Code);
    }
}
