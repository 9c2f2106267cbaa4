namespace Bridge.Domain.Files;

/// <summary>Writes a whole file so that a reader never sees half of it.</summary>
public static class OutputFile
{
    /// <exception cref="IOException">The folder is missing or full; the old file, if any, is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
