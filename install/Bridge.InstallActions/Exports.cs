using System.Runtime.InteropServices;

namespace Bridge.InstallActions;

/// <summary>What Windows Installer calls (<c>bridge.wxs</c>).</summary>
internal static class Exports
{
    private const uint Success = 0, InstallFailure = 1603;

    /// <summary>Before anything is changed: ends the hosts that run from the program folder, and refuses with a sentence if a file is still in use.</summary>
    /// <param name="install">Handle of the installation.</param>
    [UnmanagedCallersOnly(EntryPoint = "MakeRoom")]
    public static uint MakeRoom(uint install)
    {
        var session = new InstallSession(install);
        try
        {
            string[] folders = [session.Property("INSTALLDIR"), session.Property("PREVIOUSINSTALLDIR")];
            string[] plugins = [session.Property("PLUGINDIR"), session.Property("PREVIOUSPLUGINDIR")];
            if (RunningPrograms.MakeRoom(folders, plugins) is not { } problem)
                return Success;
            session.ShowError(problem);
            return InstallFailure;
        }
        catch (Exception e)
        {
            // Nothing may unwind into Windows Installer; what is wrong shows itself when the files are written.
            session.Log($"Bridge: {e.GetType().Name}: {e.Message}");
            return Success;
        }
    }
}
