using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>The file with the secret that clients must show.</summary>
internal static class HostSecret
{
    /// <exception cref="ContractException">The file cannot be read, or what it holds is too short or too long.</exception>
    public static string Read(string path)
    {
        try
        {
            string secret = File.ReadAllText(path).Trim();
            return secret.Length is >= 16 and <= 255
                ? secret
                : throw new ContractException(FaultCode.UnreadableFile, $"the secret in {path} must have 16 to 255 characters");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot read the secret: {e.Message}", e);
        }
    }
}
