using System.Numerics;
using System.Runtime.Intrinsics;

namespace Bridge.Torch.Tests;

[TestClass]
public sealed class HardwareTests
{
    [TestMethod]
    public void Vectors_SwitchedOffByTheEnvironment_AreOff()
    {
        bool off = Environment.GetEnvironmentVariable("DOTNET_EnableHWIntrinsic") == "0";

        Assert.AreEqual(!off, Vector128.IsHardwareAccelerated, "CI runs this project twice, once without SIMD");
        Assert.AreEqual(!off, Vector.IsHardwareAccelerated);
    }
}
