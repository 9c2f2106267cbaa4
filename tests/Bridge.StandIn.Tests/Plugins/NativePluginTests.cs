using System.Diagnostics;
using Bridge.StandIn.Plugins;
using Bridge.Testing;

namespace Bridge.StandIn.Tests.Plugins;

/// <summary>A library in C with one export of every form: what arrives there and comes back.</summary>
[TestClass]
public sealed class NativePluginTests
{
    private const string Source = """
        #include <string.h>
        typedef struct { const char *n; int i, d, s; } F;
        static F f[] = {{"N0",0,0,0},{"D1",0,1,0},{"D2",0,2,0},{"D3",0,3,0},{"D4",0,4,0},{"D5",0,5,0},{"D6",0,6,0},{"D7",0,7,0},{"I1",1,0,0},{"I2",2,0,0},{"I3",3,0,0},
         {"S0",0,0,1},{"S1",0,1,1},{"S2",0,2,1},{"S3",0,3,1},{"S4",0,4,1},{"S5",0,5,1},{"S6",0,6,1},{"T1",1,0,1},{"T2",2,0,1},{"T3",3,0,1},
         {"O1",0,1,-1},{"O2",0,2,-1},{"O3",0,3,-1},{"P3",1,3,-1},{"R3",0,3,2},{"Missing",0,0,0}};
        int SEMPluginInfo(const char **n, int *fl, int *c) { *n = "Native"; *fl = 0; *c = sizeof f / sizeof *f; return 0; }
        int SEMCallInfo(int k, const char **n, int *i, int *d, int *s) { *n = f[k].n; *i = f[k].i; *d = f[k].d; *s = f[k].s; return 0; }
        #define L(t) (t ? (double)strlen(t) : -1000)
        double N0(void) { return 42; }
        double D1(double a) { return a; }
        double D2(double a, double b) { return a+10*b; }
        double D3(double a, double b, double c) { return a+10*b+100*c; }
        double D4(double a, double b, double c, double d) { return a+10*b+100*c+1e3*d; }
        double D5(double a, double b, double c, double d, double e) { return a+10*b+100*c+1e3*d+1e4*e; }
        double D6(double a, double b, double c, double d, double e, double g) { return a+10*b+100*c+1e3*d+1e4*e+1e5*g; }
        double D7(double a, double b, double c, double d, double e, double g, double h) { return a+10*b+100*c+1e3*d+1e4*e+1e5*g+1e6*h; }
        double I1(int a) { return a; }
        double I2(int a, int b) { return a+10*b; }
        double I3(int a, int b, int c) { return a+10*b+100*c; }
        double S0(char *t) { return L(t)*1e7; }
        double S1(double a, char *t) { return a+L(t)*1e7; }
        double S2(double a, double b, char *t) { return a+10*b+L(t)*1e7; }
        double S3(double a, double b, double c, char *t) { return a+10*b+100*c+L(t)*1e7; }
        double S4(double a, double b, double c, double d, char *t) { return D4(a,b,c,d)+L(t)*1e7; }
        double S5(double a, double b, double c, double d, double e, char *t) { return D5(a,b,c,d,e)+L(t)*1e7; }
        double S6(double a, double b, double c, double d, double e, double g, char *t) { return D6(a,b,c,d,e,g)+L(t)*1e7; }
        double T1(int a, char *t) { return a+L(t)*1e7; }
        double T2(int a, int b, char *t) { return a+10*b+L(t)*1e7; }
        double T3(int a, int b, int c, char *t) { return a+10*b+100*c+L(t)*1e7; }
        double O1(double *x) { *x = 1; return 0; }
        double O2(double *x, double *y) { *x = 1; *y = 2; return 0; }
        double O3(double *x, double *y, double *z) { *x = 1; *y = 2; *z = 3; return 0; }
        double P3(int a, double *x, double *y, double *z) { *x = 1; *y = 2; *z = 3; return a; }
        double R3(double a, double b, double c, char *t, const char **o) { static char back[100]; strcpy(back, "<"); strncat(back, t, 90); strcat(back, ">"); *o = back; return D3(a,b,c)+L(t)*1e7; }
        """;

    [TestMethod]
    public void Call_EveryForm_PassesEveryArgumentInItsPlace()
    {
        using var folder = new TempFolder();
        NativePlugin? plugin = NativePlugin.Load(Compile(folder), out string report);

        Assert.IsNotNull(plugin, report);
        Assert.AreEqual("Native", plugin.Name);
        StringAssert.Contains(report, "resolved 26 of 27");
        foreach (PluginSignature signature in plugin.Functions)
        {
            int[] ints = [.. Enumerable.Range(1, signature.NumInts)];
            double[] doubles = [.. Enumerable.Range(1, signature.DoublesIn).Select(value => (double)value)];
            double[] outs = new double[signature.DoublesOut];

            double result = plugin.Call(signature, ints, doubles, signature.IfString > 0 ? "four" : null, outs, out string? text);

            double expected = signature.Name == "N0" ? 42 : Digits(ints.Length > 0 ? ints.Length : doubles.Length) + (signature.IfString > 0 ? 4e7 : 0);
            Assert.AreEqual(expected, result, signature.ToString());
            CollectionAssert.AreEqual(Enumerable.Range(1, outs.Length).Select(value => (double)value).ToArray(), outs, signature.Name);
            Assert.AreEqual(signature.IfString > 1 ? "<four>" : null, text);
        }
    }

    [TestMethod]
    public void Load_NoPlugin_SaysWhy()
    {
        using var folder = new TempFolder();

        Assert.IsNull(NativePlugin.Load(folder.Write("SerialEM-Bridge-64.dll", "text"u8), out string report));

        StringAssert.Contains(report, "cannot be loaded");
    }

    private static double Digits(int count)
    {
        double value = 0;
        for (int i = count; i > 0; i--)
            value = value * 10 + i;
        return value;
    }

    private static string Compile(TempFolder folder)
    {
        string source = folder.Write("native.c", System.Text.Encoding.ASCII.GetBytes(Source)), library = folder.File("native.dll");
        foreach (string compiler in (string[])["cc", "gcc", "clang"])
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(compiler, ["-shared", "-fPIC", "-w", "-o", library, source]) { RedirectStandardError = true })!;
                if (process.WaitForExit(60_000) && process.ExitCode == 0)
                    return library;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                continue; // there is no such program
            }
        }
        const string reason = "there is no C compiler (cc, gcc, clang) to build a plugin with";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Inconclusive(reason);
        throw new UnreachableException();
    }
}
