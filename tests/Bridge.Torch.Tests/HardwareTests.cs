using System.Numerics;
using System.Runtime.Intrinsics;

namespace Bridge.Torch.Tests;

[TestClass]
public sealed class HardwareTests
{
    [TestMethod]
    public void Vectors_SwitchedOffByTheEnvironment_AreOff()
    {
        Console.WriteLine($"SIMD: 512 {Vector512.IsHardwareAccelerated}, 256 {Vector256.IsHardwareAccelerated}, 128 {Vector128.IsHardwareAccelerated}");
        bool off = Environment.GetEnvironmentVariable("DOTNET_EnableHWIntrinsic") == "0";

        Assert.AreEqual(!off, Vector128.IsHardwareAccelerated, "CI runs this project twice, once without SIMD");
        Assert.AreEqual(!off, Vector.IsHardwareAccelerated);
    }
}
