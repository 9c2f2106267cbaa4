using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace Bridge.Fuzz;

/// <summary>What was found, a file each with the reason beside it; and the input at work, in a file that outlives the process if that dies of it (a stack overflow).</summary>
internal sealed class Findings : IDisposable
{
    private const int MostFiles = 50, MostBytes = 1 << 20;

    private readonly string _folder;
    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private int _kept;

    public Findings(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _file = new FileStream(Path.Combine(_folder, $"at-work-{Environment.ProcessId}.bin"), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1, FileOptions.DeleteOnClose);
        _file.SetLength(sizeof(int) + MostBytes);
        _map = MemoryMappedFile.CreateFromFile(_file, mapName: null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor();
    }

    /// <summary>Writes down what is tried next: its length, then its bytes.</summary>
    public void Note(byte[] input)
    {
        int length = Math.Min(input.Length, MostBytes);
        _view.Write(0, length);
        _view.WriteArray(sizeof(int), input, 0, length);
    }

    public void Keep(string target, string kind, byte[] input, string why)
    {
        if (++_kept > MostFiles)
            return;  // the first ones tell enough
        string path = Path.Combine(_folder, $"{target}-{kind}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(path + ".bin", input);
        File.WriteAllText(path + ".txt", why + "\n");
    }

    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        _file.Dispose();
    }
}
