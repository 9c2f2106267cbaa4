namespace TorchSharp;

/// <summary>Moves of modules, which keep the module's type.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Moves the parameters and buffers: here there is only the CPU, and other devices are refused.</summary>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module
    {
        torch.Device.Check(device, "to");
        return module;
    }

    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module;
}
