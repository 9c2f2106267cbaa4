using Bridge.Contracts;

namespace Bridge.Domain.Files;

/// <summary>Reads a whole file that somebody else wrote, up to a limit, and turns every failure into a sentence for the operator.</summary>
public static class InputFile
{
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for the sentence: "Navigator file", "table of holes".</param>
    /// <param name="maxBytes">Largest size in bytes; more is refused before memory is taken.</param>
    /// <exception cref="ContractException"><see cref="FaultCode.UnreadableFile"/> or <see cref="FaultCode.TooLarge"/>.</exception>
    public static byte[] ReadAllBytes(string path, string what, int maxBytes)
    {
        try
        {
            // Not opened, because to open a pipe is to wait for its writer; it says that it is empty, as special files do.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
                return [];
            // ReadWrite and Delete: SerialEM may have the file open, and an autosave may replace it at any moment.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.Length > maxBytes)
                throw new ContractException(FaultCode.TooLarge, $"{path}: the {what} is larger than {maxBytes} bytes, the limit; is it the right file?");
            byte[] bytes = new byte[stream.Length];
            Array.Resize(ref bytes, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"{path}: the {what} cannot be read: {Reason(path, e)}", e);
        }
    }

    private static string Reason(string path, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the path as seen from this machine",
        _ when Directory.Exists(path) => "it is a folder; give the file in it",
        UnauthorizedAccessException => "access is denied; give the account that runs this program the right to read it",
        _ => $"{e.Message.TrimEnd('.')}; close the program that holds it, or copy the file, and try again",
    };
}
