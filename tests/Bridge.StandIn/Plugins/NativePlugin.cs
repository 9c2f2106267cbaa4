using System.Runtime.InteropServices;
using System.Text;

namespace Bridge.StandIn.Plugins;

/// <summary>
/// A plugin DLL, loaded and called as SerialEM does it: <c>SEMPluginInfo</c>, <c>SEMCallInfo</c>, exports by name, C calling convention,
/// 8-bit texts. It is never freed.
/// </summary>
internal sealed unsafe class NativePlugin : IPlugin
{
    private const int MaxFunctions = 10_000, MaxTextBytes = 1_000_000;
    private readonly Dictionary<string, nint> _exports = [];

    private NativePlugin(string name, IReadOnlyList<PluginSignature> functions, Dictionary<string, nint> exports) => (Name, Functions, _exports) = (name, functions, exports);

    public string Name { get; }

    public IReadOnlyList<PluginSignature> Functions { get; }

    /// <param name="path">The DLL.</param>
    /// <param name="report">What SerialEM would write to its log of it.</param>
    /// <returns>The plugin, or null if the DLL is none; the report says why.</returns>
    public static NativePlugin? Load(string path, out string report)
    {
        string file = Path.GetFileName(path);
        if (!NativeLibrary.TryLoad(Path.GetFullPath(path), out nint module))
        {
            report = $"{file} cannot be loaded; is it a 64-bit DLL with all that it needs beside it?";
            return null;
        }
        if (!NativeLibrary.TryGetExport(module, "SEMPluginInfo", out nint info))
        {
            report = $"{file} is no plugin: it has no SEMPluginInfo";
            return null;
        }
        byte* name = null;
        int flags = 0, count = 0;
        int error = ((delegate* unmanaged[Cdecl]<byte**, int*, int*, int>)info)(&name, &flags, &count);
        if (error != 0 || name is null || count is < 0 or > MaxFunctions)
        {
            report = $"{file}: SEMPluginInfo returned {error} and {count} functions";
            return null;
        }
        var functions = new List<PluginSignature>();
        var exports = new Dictionary<string, nint>(StringComparer.Ordinal);
        if (count > 0 && NativeLibrary.TryGetExport(module, "SEMCallInfo", out nint callInfo))
            ReadFunctions(module, (delegate* unmanaged[Cdecl]<int, byte**, int*, int*, int*, int>)callInfo, count, functions, exports);
        var plugin = new NativePlugin(Read(name), functions, exports);
        report = $"Loaded plugin {file} (named {plugin.Name}, flags {flags:x}) and resolved {functions.Count} of {count} script-callable functions";
        return plugin;
    }

    public double Call(PluginSignature signature, ReadOnlySpan<int> ints, ReadOnlySpan<double> doubles, string? text, Span<double> outs, out string? textOut)
    {
        textOut = null;
        nint function = _exports[signature.Name];
        byte[] bytes = Encoding.UTF8.GetBytes((text ?? "") + "\0");
        fixed (byte* t = bytes)
        {
            if (signature.IfString < 0)
                return CallOut(function, ints, outs);
            if (signature.IfString > 1)
            {
                byte* returned = null;
                double result = ((delegate* unmanaged[Cdecl]<double, double, double, byte*, byte**, double>)function)(doubles[0], doubles[1], doubles[2], t, &returned);
                textOut = returned is null ? null : Read(returned);
                return result;
            }
            return ints.Length > 0 ? CallInts(function, ints, signature.IfString > 0 ? t : null)
                : signature.IfString > 0 ? CallDoublesAndText(function, doubles, t) : CallDoubles(function, doubles);
        }
    }

    private static double CallOut(nint f, ReadOnlySpan<int> ints, Span<double> outs)
    {
        // Three places always: what a function writes too much stays here.
        double* o = stackalloc double[3];
        double result = (ints.Length, outs.Length) switch
        {
            (1, _) => ((delegate* unmanaged[Cdecl]<int, double*, double*, double*, double>)f)(ints[0], o, o + 1, o + 2),
            (_, 1) => ((delegate* unmanaged[Cdecl]<double*, double>)f)(o),
            (_, 2) => ((delegate* unmanaged[Cdecl]<double*, double*, double>)f)(o, o + 1),
            _ => ((delegate* unmanaged[Cdecl]<double*, double*, double*, double>)f)(o, o + 1, o + 2),
        };
        for (int i = 0; i < outs.Length; i++)
            outs[i] = o[i];
        return result;
    }

    private static double CallInts(nint f, ReadOnlySpan<int> a, byte* text) => (a.Length, text is null) switch
    {
        (1, true) => ((delegate* unmanaged[Cdecl]<int, double>)f)(a[0]),
        (2, true) => ((delegate* unmanaged[Cdecl]<int, int, double>)f)(a[0], a[1]),
        (_, true) => ((delegate* unmanaged[Cdecl]<int, int, int, double>)f)(a[0], a[1], a[2]),
        (1, false) => ((delegate* unmanaged[Cdecl]<int, byte*, double>)f)(a[0], text),
        (2, false) => ((delegate* unmanaged[Cdecl]<int, int, byte*, double>)f)(a[0], a[1], text),
        _ => ((delegate* unmanaged[Cdecl]<int, int, int, byte*, double>)f)(a[0], a[1], a[2], text),
    };

    private static double CallDoubles(nint f, ReadOnlySpan<double> a) => a.Length switch
    {
        0 => ((delegate* unmanaged[Cdecl]<double>)f)(),
        1 => ((delegate* unmanaged[Cdecl]<double, double>)f)(a[0]),
        2 => ((delegate* unmanaged[Cdecl]<double, double, double>)f)(a[0], a[1]),
        3 => ((delegate* unmanaged[Cdecl]<double, double, double, double>)f)(a[0], a[1], a[2]),
        4 => ((delegate* unmanaged[Cdecl]<double, double, double, double, double>)f)(a[0], a[1], a[2], a[3]),
        5 => ((delegate* unmanaged[Cdecl]<double, double, double, double, double, double>)f)(a[0], a[1], a[2], a[3], a[4]),
        6 => ((delegate* unmanaged[Cdecl]<double, double, double, double, double, double, double>)f)(a[0], a[1], a[2], a[3], a[4], a[5]),
        _ => ((delegate* unmanaged[Cdecl]<double, double, double, double, double, double, double, double>)f)(a[0], a[1], a[2], a[3], a[4], a[5], a[6]),
    };

    private static double CallDoublesAndText(nint f, ReadOnlySpan<double> a, byte* text) => a.Length switch
    {
        0 => ((delegate* unmanaged[Cdecl]<byte*, double>)f)(text),
        1 => ((delegate* unmanaged[Cdecl]<double, byte*, double>)f)(a[0], text),
        2 => ((delegate* unmanaged[Cdecl]<double, double, byte*, double>)f)(a[0], a[1], text),
        3 => ((delegate* unmanaged[Cdecl]<double, double, double, byte*, double>)f)(a[0], a[1], a[2], text),
        4 => ((delegate* unmanaged[Cdecl]<double, double, double, double, byte*, double>)f)(a[0], a[1], a[2], a[3], text),
        5 => ((delegate* unmanaged[Cdecl]<double, double, double, double, double, byte*, double>)f)(a[0], a[1], a[2], a[3], a[4], text),
        _ => ((delegate* unmanaged[Cdecl]<double, double, double, double, double, double, byte*, double>)f)(a[0], a[1], a[2], a[3], a[4], a[5], text),
    };

    private static void ReadFunctions(nint module, delegate* unmanaged[Cdecl]<int, byte**, int*, int*, int*, int> callInfo, int count, List<PluginSignature> functions, Dictionary<string, nint> exports)
    {
        for (int i = 0; i < count; i++)
        {
            byte* name = null;
            int ints = 0, doubles = 0, ifString = 0;
            if (callInfo(i, &name, &ints, &doubles, &ifString) != 0 || name is null)
                continue;
            var signature = new PluginSignature(Read(name), ints, doubles, ifString);
            if (NativeLibrary.TryGetExport(module, signature.Name, out nint export) && exports.TryAdd(signature.Name, export))
                functions.Add(signature);
        }
    }

    private static string Read(byte* text)
    {
        int length = 0;
        while (length < MaxTextBytes && text[length] != 0)
            length++;
        return Encoding.UTF8.GetString(text, length);
    }
}
