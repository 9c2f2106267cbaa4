using System.Numerics;

namespace Bridge.Torch.Kernels;

/// <summary>Running averages of a unit that is dead shrink for ever into numbers that are not normal, and those take the processor some 100 times as long. In a step they are nothing.</summary>
internal static class Denormal
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>0 for what is not a normal number; NaN stays.</summary>
    public static float Flushed(float x) => MathF.Abs(x) < SmallestNormal ? 0 : x;

    /// <inheritdoc cref="Flushed(float)"/>
    public static Vector<float> Flushed(Vector<float> x) => Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new Vector<float>(SmallestNormal)), Vector<float>.Zero, x);
}
