using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Bridge.AgentHost.Serving;

/// <summary>A file that only this user can read: by its mode on Unix, by its access list on Windows (where administrators and the system itself always can).</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Makes it, with these rights from its first moment.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static FileStream Create(string path) => OperatingSystem.IsWindows()
        ? CreateOnWindows(path)
        : new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, UnixCreateMode = Owner });

    /// <summary>Who else can read or change the file, in words; null if nobody.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">Its rights cannot be read.</exception>
    public static string? WhoElse(string path)
    {
        if (OperatingSystem.IsWindows())
            return WhoElseOnWindows(path);
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & Others) != 0)
            return $"other users can read or change it (mode {Convert.ToString((int)mode, 8)})";
        UnixFileMode folder = File.GetUnixFileMode(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return (folder & UnixFileMode.OtherWrite) != 0 && (folder & UnixFileMode.StickyBit) == 0 ? "every user can put another in its place" : null;
    }

    /// <summary>How to take the others' rights away.</summary>
    public static string Cure(string path) => OperatingSystem.IsWindows()
        ? $"take the others' rights away: icacls \"{path}\" /inheritance:r /grant:r \"%USERNAME%\":F"
        : $"take the others' rights away: chmod 600 '{path}'";

    [SupportedOSPlatform("windows")]
    private static FileStream CreateOnWindows(string path)
    {
        var rights = new FileSecurity();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        rights.AddAccessRule(new FileSystemAccessRule(Me(), FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Write, FileShare.None, bufferSize: 4096, FileOptions.None, rights);
    }

    [SupportedOSPlatform("windows")]
    private static string? WhoElseOnWindows(string path)
    {
        SecurityIdentifier[] expected =
        [
            Me(),
            new(WellKnownSidType.LocalSystemSid, null),
            new(WellKnownSidType.BuiltinAdministratorsSid, null),
            new(WellKnownSidType.CreatorOwnerSid, null),
            new(WellKnownSidType.WinCreatorOwnerRightsSid, null),
        ];
        const FileSystemRights Harmful = FileSystemRights.ReadData | FileSystemRights.WriteData | FileSystemRights.AppendData | FileSystemRights.ChangePermissions | FileSystemRights.TakeOwnership;
        string[] others = [.. new FileInfo(path).GetAccessControl(AccessControlSections.Access).GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>()
            .Where(rule => rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & Harmful) != 0 && !expected.Contains(rule.IdentityReference))
            .Select(rule => rule.IdentityReference.Value)
            .Distinct()];
        return others.Length > 0 ? $"others can read or change it ({string.Join(", ", others)})" : null;
    }

    [SupportedOSPlatform("windows")]
    private static SecurityIdentifier Me()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User!;
    }
}
