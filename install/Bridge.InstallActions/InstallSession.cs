using System.Runtime.InteropServices;

namespace Bridge.InstallActions;

/// <summary>The installation under way, as Windows Installer's functions show it.</summary>
/// <param name="handle">Its handle.</param>
internal readonly partial struct InstallSession(uint handle)
{
    private const int ErrorMessage = 0x01000000, InfoMessage = 0x04000000, MaxValue = 4096;

    /// <summary>The value of a property; empty if it is not set.</summary>
    public unsafe string Property(string name)
    {
        char* value = stackalloc char[MaxValue];
        uint length = MaxValue;
        return MsiGetProperty(handle, name, value, &length) == 0 ? new string(value, 0, (int)length) : "";
    }

    /// <summary>Shows an error, or where nobody watches writes it to the installation's log.</summary>
    public void ShowError(string text) => Process(ErrorMessage, text);

    public void Log(string text) => Process(InfoMessage, text);

    private void Process(int kind, string text)
    {
        uint record = MsiCreateRecord(1);
        MsiRecordSetString(record, 0, "[1]");
        MsiRecordSetString(record, 1, text);
        MsiProcessMessage(handle, kind, record);
        MsiCloseHandle(record);
    }

    [LibraryImport("msi", EntryPoint = "MsiGetPropertyW", StringMarshalling = StringMarshalling.Utf16)]
    private static unsafe partial uint MsiGetProperty(uint handle, string name, char* value, uint* length);

    [LibraryImport("msi")]
    private static partial uint MsiCreateRecord(uint fields);

    [LibraryImport("msi", EntryPoint = "MsiRecordSetStringW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial uint MsiRecordSetString(uint record, uint field, string text);

    [LibraryImport("msi")]
    private static partial int MsiProcessMessage(uint handle, int kind, uint record);

    [LibraryImport("msi")]
    private static partial uint MsiCloseHandle(uint handle);
}
