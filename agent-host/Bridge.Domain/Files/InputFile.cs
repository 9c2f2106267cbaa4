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
            // ReadWrite and Delete: SerialEM may have the file open, and an autosave may replace it at any moment.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.CanSeek && stream.Length > maxBytes)
                throw TooLarge(path, what, maxBytes);
            return stream.CanSeek ? ReadKnown(stream, path, what, maxBytes) : throw new IOException("it is not a plain file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"{path}: the {what} cannot be read: {Reason(path, e)}", e);
        }
    }

    private static byte[] ReadKnown(FileStream stream, string path, string what, int maxBytes)
    {
        byte[] bytes = new byte[stream.Length];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        // A special file has length 0 and content; a growing one has more than it said. Both are read on, up to the limit.
        while (stream.ReadByte() is >= 0 and int next)
        {
            if (read == maxBytes)
                throw TooLarge(path, what, maxBytes);
            if (read == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(maxBytes, Math.Max(4096L, 2L * bytes.Length)));
            bytes[read++] = (byte)next;
            read += stream.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
        }
        Array.Resize(ref bytes, read);
        return bytes;
    }

    private static ContractException TooLarge(string path, string what, int maxBytes)
        => new(FaultCode.TooLarge, $"{path}: the {what} is larger than {maxBytes} bytes, the limit; is it the right file?");

    private static string Reason(string path, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the path as seen from this machine",
        _ when Directory.Exists(path) => "it is a folder; give the file in it",
        UnauthorizedAccessException => "access is denied; give the account that runs this program the right to read it",
        _ => $"{e.Message.TrimEnd('.')}; close the program that holds it, or copy the file, and try again",
    };
}
