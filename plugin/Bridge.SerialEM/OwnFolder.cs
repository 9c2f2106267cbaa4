using System.Runtime.InteropServices;

namespace Bridge.SerialEM;

/// <summary>The folder that the plugin's DLL lies in. For a DLL the runtime itself only knows the folder of SerialEM.exe.</summary>
internal static unsafe partial class OwnFolder
{
    private const int FromAddress = 4, UnchangedRefCount = 2, MaxPath = 4096;

    public static string Path { get; } = (OperatingSystem.IsWindows() ? OfThisModule() : null) ?? AppContext.BaseDirectory;

    /// <returns>Null if this code runs without a native module of its own.</returns>
    private static string? OfThisModule()
    {
        delegate* unmanaged<int> here = &Here;
        if (!GetModuleHandleEx(FromAddress | UnchangedRefCount, (nint)here, out nint module))
            return null;
        char* path = stackalloc char[MaxPath];
        int length = GetModuleFileName(module, path, MaxPath);
        return length is > 0 and < MaxPath ? System.IO.Path.GetDirectoryName(new string(path, 0, length)) : null;
    }

    /// <summary>An address inside this module.</summary>
    [UnmanagedCallersOnly]
    private static int Here() => 0;

    [LibraryImport("kernel32", EntryPoint = "GetModuleHandleExW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetModuleHandleEx(int flags, nint address, out nint module);

    [LibraryImport("kernel32", EntryPoint = "GetModuleFileNameW")]
    private static partial int GetModuleFileName(nint module, char* path, int size);
}
