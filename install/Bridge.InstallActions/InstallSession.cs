using System.Runtime.InteropServices;

namespace Bridge.InstallActions;

/// <summary>The installation under way, as Windows Installer's functions show it.</summary>
/// <param name="handle">Its handle.</param>
internal readonly partial struct InstallSession(uint handle)
{
    private const int ErrorMessage = 0x01000000, InfoMessage = 0x04000000;

    /// <summary>ERROR_MORE_DATA: there is a value, and its length is known now.</summary>
    private const uint MoreData = 234;

    /// <summary>The value of a property; empty if it is not set.</summary>
    public unsafe string Property(string name)
    {
        char none = '\0';
        uint length = 0;
        if (MsiGetProperty(handle, name, &none, &length) != MoreData)
            return "";
        var value = new char[length + 1];
        length++;
        fixed (char* buffer = value)
            return MsiGetProperty(handle, name, buffer, &length) == 0 ? new string(buffer, 0, (int)length) : "";
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
