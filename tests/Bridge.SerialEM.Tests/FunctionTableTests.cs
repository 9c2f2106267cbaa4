using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bridge.SerialEM.Tests.Support;
using Bridge.Testing;

namespace Bridge.SerialEM.Tests;

/// <summary>The table is one: what SerialEM is told, what the DLL exports and what people read are the same.</summary>
[TestClass]
public sealed class FunctionTableTests
{
    private static readonly (MethodInfo Method, UnmanagedCallersOnlyAttribute Attribute)[] Entries =
    [
        .. typeof(Exports).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => (method, method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()!)).Where(entry => entry.Item2 is not null),
    ];

    [TestMethod]
    public void All_EveryFunction_HasAFormThatSerialEmAllows()
    {
        foreach (PluginFunction function in PluginFunctions.All)
        {
            bool allowed = function.IfString switch
            {
                0 => (function.NumInts == 0 && function.NumDoubles <= 6) || (function.NumDoubles == 0 && function.NumInts <= 3),
                1 => (function.NumInts == 0 && function.NumDoubles <= 6) || (function.NumDoubles == 0 && function.NumInts <= 3),
                2 => function is { NumInts: 0, NumDoubles: 3 },
                // Fewer than three results were reported wrongly before 2024-03.
                -1 => function is { NumInts: 0, NumDoubles: 3 },
                _ => false,
            };
            Assert.IsTrue(allowed, function.Name);
            Assert.AreEqual(function.NumInts + function.DoublesIn + (function.IfString > 0 ? 1 : 0), function.Arguments.Count, function.Name);
            Assert.AreEqual(function.DoublesOut + (function.IfString == 2 ? 1 : 0), function.Results.Count, function.Name);
            Assert.IsTrue(function.Help.EndsWith('.') && function.Returns.Length > 0, function.Name);
            Assert.IsNotNull(function.Body, function.Name);
        }
    }

    [TestMethod]
    public void Exports_Names_AreThoseOfTheTable()
    {
        string[] exported = [.. Entries.Select(entry => entry.Attribute.EntryPoint!).Order(StringComparer.Ordinal)];
        string[] expected = [.. PluginFunctions.All.Select(function => function.Name).Concat(["SEMCallInfo", "SEMPluginInfo"]).Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(expected, exported);
    }

    [TestMethod]
    public void Exports_Forms_AreThoseOfTheTable()
    {
        foreach ((MethodInfo method, UnmanagedCallersOnlyAttribute attribute) in Entries.Where(entry => PluginFunctions.Find(entry.Attribute.EntryPoint!) is not null))
        {
            PluginFunction function = PluginFunctions.Find(attribute.EntryPoint!)!;
            IEnumerable<Type> expected =
            [
                .. Enumerable.Repeat(typeof(int), function.NumInts),
                .. Enumerable.Repeat(typeof(double), function.DoublesIn),
                .. Enumerable.Repeat(typeof(double).MakePointerType(), function.DoublesOut),
                .. function.IfString switch
                {
                    1 => [typeof(byte).MakePointerType()],
                    2 => [typeof(byte).MakePointerType(), typeof(byte).MakePointerType().MakePointerType()],
                    _ => Type.EmptyTypes,
                },
            ];
            CollectionAssert.AreEqual(expected.ToArray(), method.GetParameters().Select(parameter => parameter.ParameterType).ToArray(), function.Name);
            Assert.AreEqual(typeof(double), method.ReturnType, function.Name);
            CollectionAssert.AreEqual(new[] { typeof(CallConvCdecl) }, attribute.CallConvs, function.Name);
        }
    }

    [TestMethod]
    public void MacrosReadme_Functions_AreThoseOfTheTable()
    {
        string path = Path.Combine(SharedData.RepositoryRoot(), "macros", "README.md");
        string page = File.ReadAllText(path).ReplaceLineEndings("\n");
        int begin = page.IndexOf(FunctionTable.Begin, StringComparison.Ordinal), end = page.IndexOf(FunctionTable.End, StringComparison.Ordinal);
        Assert.IsTrue(begin >= 0 && end > begin, $"{path} has no place for the table");
        begin += FunctionTable.Begin.Length;
        // BRIDGE_WRITE_TABLE=1 writes the table anew.
        if (Environment.GetEnvironmentVariable("BRIDGE_WRITE_TABLE") == "1")
        {
            page = page[..begin] + FunctionTable.Markdown() + page[end..];
            File.WriteAllText(path, page);
            end = page.IndexOf(FunctionTable.End, StringComparison.Ordinal);
        }

        Assert.AreEqual(FunctionTable.Markdown(), page[begin..end], "run this test with BRIDGE_WRITE_TABLE=1");
    }
}
