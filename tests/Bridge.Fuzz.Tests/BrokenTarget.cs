using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Fuzz.Tests;

/// <summary>A reader with a defect: a byte 7 is too much for it.</summary>
internal sealed class BrokenTarget : FuzzTarget
{
    public override string Name => "broken";

    public override Gen<byte[]> Valid => Gen.Constant(new byte[] { 1, 2, 3 });

    public override string? Read(byte[] input) => input.Contains((byte)7) ? throw new IndexOutOfRangeException() : null;
}
