using System.Numerics;
using System.Runtime.InteropServices;

namespace Bridge.Torch.Kernels;

/// <summary>One step of gradient descent over a parameter: velocity = momentum·velocity + fresh·g, weight -= rate·velocity.</summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="Momentum">0: no velocity.</param>
/// <param name="Fresh">1 - dampening; 1 at the first step.</param>
/// <param name="Decay">Times the weight, added to the gradient.</param>
/// <param name="Nesterov">Step along g + momentum·velocity.</param>
/// <param name="Sign">-1 to climb.</param>
internal readonly record struct SgdStep(float Rate, float Momentum, float Fresh, float Decay, bool Nesterov, float Sign)
{
    /// <param name="w">Changed.</param>
    /// <param name="g">As long as the weights.</param>
    /// <param name="velocity">As long as the weights, or empty where there is no momentum.</param>
    public void Run(Span<float> w, ReadOnlySpan<float> g, Span<float> velocity)
    {
        Span<Vector<float>> ws = MemoryMarshal.Cast<float, Vector<float>>(w), vs = MemoryMarshal.Cast<float, Vector<float>>(velocity);
        ReadOnlySpan<Vector<float>> gs = MemoryMarshal.Cast<float, Vector<float>>(g);
        for (int i = 0; i < ws.Length; i++)
        {
            Vector<float> step = gs[i] * Sign + ws[i] * Decay;
            if (vs.Length > 0)
            {
                vs[i] = Denormal.Flushed(vs[i] * Momentum + step * Fresh);
                step = Nesterov ? step + vs[i] * Momentum : vs[i];
            }
            ws[i] -= step * Rate;
        }
        for (int i = ws.Length * Vector<float>.Count; i < w.Length; i++)
        {
            float step = g[i] * Sign + w[i] * Decay;
            if (velocity.Length > 0)
            {
                velocity[i] = Denormal.Flushed(velocity[i] * Momentum + step * Fresh);
                step = Nesterov ? step + velocity[i] * Momentum : velocity[i];
            }
            w[i] -= step * Rate;
        }
    }
}
