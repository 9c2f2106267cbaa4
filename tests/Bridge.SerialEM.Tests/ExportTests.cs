using System.Runtime.InteropServices;
using Bridge.Contracts;

namespace Bridge.SerialEM.Tests;

/// <summary>The exports themselves, called through pointers as SerialEM calls them.</summary>
[TestClass]
public sealed unsafe class ExportTests
{
    [TestMethod]
    public void SemPluginInfo_Asked_TellsNameAndCount()
    {
        delegate* unmanaged[Cdecl]<byte**, int*, int*, int> info = &Exports.SEMPluginInfo;
        byte* name, again;
        int flags, count;

        int result = info(&name, &flags, &count);

        Assert.AreEqual((0, "Bridge", 0, PluginFunctions.All.Count), (result, Marshal.PtrToStringAnsi((nint)name), flags, count));
        info(&again, &flags, &count);
        Assert.IsTrue(name == again, "the pointer stays valid: it is always the same");
        Assert.AreNotEqual(0, info(null, &flags, &count));
    }

    [TestMethod]
    public void SemCallInfo_EachIndexAndBeyond_TellsTheTable()
    {
        delegate* unmanaged[Cdecl]<int, byte**, int*, int*, int*, int> info = &Exports.SEMCallInfo;
        byte* name;
        int ints, doubles, ifString;
        for (int i = 0; i < PluginFunctions.All.Count; i++)
        {
            int result = info(i, &name, &ints, &doubles, &ifString);

            PluginFunction function = PluginFunctions.All[i];
            Assert.AreEqual((0, function.Name, function.NumInts, function.NumDoubles, function.IfString), (result, Marshal.PtrToStringAnsi((nint)name), ints, doubles, ifString));
        }
        Assert.AreNotEqual(0, info(-1, &name, &ints, &doubles, &ifString));
        Assert.AreNotEqual(0, info(PluginFunctions.All.Count, &name, &ints, &doubles, &ifString));
        Assert.AreNotEqual(0, info(0, null, &ints, &doubles, &ifString));
    }

    [TestMethod]
    public void Functions_NullPointers_AreRefused()
    {
        delegate* unmanaged[Cdecl]<double*, double*, double*, double> suggest = &Exports.SuggestNextHole;
        delegate* unmanaged[Cdecl]<byte*, double> open = &Exports.OpenSession;
        delegate* unmanaged[Cdecl]<double, double, double, byte*, byte**, double> explain = &Exports.Explain;
        double number;

        Assert.AreEqual((double)FaultCode.BadField, suggest(&number, null, &number));
        Assert.AreEqual((double)FaultCode.BadField, open(null));
        Assert.AreEqual((double)FaultCode.BadField, explain(0, 0, 0, null, null));
    }

    [TestMethod]
    public void Explain_ManyTexts_TheLastOnesStayValid()
    {
        delegate* unmanaged[Cdecl]<double, double, double, byte*, byte**, double> explain = &Exports.Explain;
        byte* first, later;
        fixed (byte* code = "code -14\0"u8, help = "help\0"u8)
        {
            Assert.AreEqual(1, explain(0, 0, 0, code, &first));
            for (int i = 0; i < 10; i++)
                Assert.AreEqual(1, explain(0, 0, 0, help, &later));
        }

        StringAssert.StartsWith(Marshal.PtrToStringAnsi((nint)first)!, "HostUnreachable (-14)");
    }

    [TestMethod]
    public void ToAscii_UnitsAndOthers_AreReadableInEveryVersion()
    {
        string ascii = NativeText.ToAscii("6.1 Å at 3 µm …\nnext é");

        Assert.AreEqual("6.1 A at 3 um ... next ?", ascii);
    }
}
