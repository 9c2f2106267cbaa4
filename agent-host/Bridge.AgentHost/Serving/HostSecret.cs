using System.Security.Cryptography;
using Bridge.Client;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>The file with the secret that clients must know: made when it is first needed, for this user's eyes only.</summary>
internal static class HostSecret
{
    private const int RandomBytes = 32;
    private const int MinLength = 16, MaxLength = 255;

    /// <summary>Where the secret is, or null where none is asked for.</summary>
    /// <param name="setting"><c>Host:SecretFile</c>: a path, <c>none</c>, or empty for the file in the data folder.</param>
    public static string? PathOf(string? setting, string dataFolder) => setting switch
    {
        Installation.NoSecret => null,
        null or "" => Installation.SecretFileIn(Path.GetFullPath(dataFolder)),
        _ => Path.GetFullPath(setting),
    };

    /// <summary>Reads the secret, and makes it first where there is none.</summary>
    /// <exception cref="ContractException">It cannot be made or read, is too short or too long, or others can read or change it.</exception>
    public static string ReadOrMake(string path)
    {
        try
        {
            if (!File.Exists(path))
                Make(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot make the secret: {e.Message}", e);
        }
        return Read(path);
    }

    /// <exception cref="ContractException">The file cannot be read, what it holds is too short or too long, or others can read or change it.</exception>
    public static string Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                throw new ContractException(FaultCode.UnreadableFile, $"there is no secret in {path} yet; the host makes it when it starts");
            if (PrivateFile.WhoElse(path) is { } others)
                throw new ContractException(FaultCode.UnreadableFile, $"the secret in {path} is none: {others}. Delete the file, and the host makes another; or {PrivateFile.Cure(path)}");
            using var reader = new StreamReader(path);
            char[] start = new char[2 * MaxLength];
            string secret = new string(start, 0, reader.ReadBlock(start)).Trim();
            return secret.Length is >= MinLength and <= MaxLength
                ? secret
                : throw new ContractException(FaultCode.UnreadableFile, $"the secret in {path} must have {MinLength} to {MaxLength} characters; delete the file, and the host makes one");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot read the secret: {e.Message}", e);
        }
    }

    /// <summary>Whole or not at all: a client may be waiting for it.</summary>
    private static void Make(string path)
    {
        string folder = Path.GetDirectoryName(path)!, part = Path.Combine(folder, $".secret-{Ids.New()}");
        Directory.CreateDirectory(folder);
        using (FileStream file = PrivateFile.Create(part))
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)) + "\n"));
        try
        {
            File.Move(part, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(part);  // another host was faster: its secret counts
        }
    }
}
