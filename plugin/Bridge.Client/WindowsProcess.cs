using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Bridge.Client;

/// <summary>
/// Starts a program that may outlive this process. <see cref="System.Diagnostics.Process"/> hands every inheritable handle on, and its child would
/// keep SerialEM's image files locked and its port taken long after SerialEM closed them (dotnet/runtime issue 39602).
/// </summary>
internal static partial class WindowsProcess
{
    /// <summary>Without a console, not only without its window: Windows and Wine then pass no standard handles on either.</summary>
    private const uint DetachedProcess = 8;

    /// <param name="program">Path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its current folder; null for this process's own.</param>
    /// <returns>The id of the process.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    [SupportedOSPlatform("windows")]
    public static int Start(string program, IReadOnlyList<string> arguments, string? folder)
    {
        var startup = new StartupInfo(Marshal.SizeOf<StartupInfo>());
        char[] commandLine = [.. CommandLine(program, arguments), '\0'];
        if (!CreateProcess(null, commandLine, 0, 0, inheritHandles: false, DetachedProcess, 0, folder, in startup, out ProcessInformation started))
            throw new Win32Exception();
        CloseHandle(started.Thread);
        CloseHandle(started.Process);
        return started.ProcessId;
    }

    /// <summary>The one line from which a Windows program parses its arguments: quotes around what has blanks, a backslash before each quote, and
    /// backslashes doubled before a quote (Microsoft, "Parsing C command-line arguments").</summary>
    internal static string CommandLine(string program, IReadOnlyList<string> arguments)
    {
        var line = new StringBuilder().Append('"').Append(program).Append('"');
        foreach (string argument in arguments)
            Append(line.Append(' '), argument);
        return line.ToString();
    }

    private static void Append(StringBuilder line, string argument)
    {
        if (argument.Length > 0 && argument.AsSpan().IndexOfAny(" \t\"") < 0)
        {
            line.Append(argument);
            return;
        }
        line.Append('"');
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '"')
                line.Append('\\', backslashes + 1);  // as many again, and one for the quote
            line.Append(c);
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        line.Append('\\', backslashes).Append('"');
    }

    [LibraryImport("kernel32", EntryPoint = "CreateProcessW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateProcess(
        string? program, [In] char[] commandLine, nint processAttributes, nint threadAttributes, [MarshalAs(UnmanagedType.Bool)] bool inheritHandles, uint flags,
        nint environment, string? folder, in StartupInfo startup, out ProcessInformation started);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(nint handle);

    /// <summary>STARTUPINFOW of 64-bit Windows; all but its size stays 0.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 104)]
    private readonly record struct StartupInfo(int Size);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ProcessInformation(nint Process, nint Thread, int ProcessId, int ThreadId);
}
