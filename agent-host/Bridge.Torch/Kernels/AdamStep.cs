using System.Numerics;
using System.Runtime.InteropServices;

namespace Bridge.Torch.Kernels;

/// <summary>One step of Adam over a parameter: m = β1·m + (1-β1)·g, v = β2·v + (1-β2)·g², w = shrink·w - rate·m / (√v·correction + eps).</summary>
/// <param name="Rate">Learning rate / (1 - β1^t).</param>
/// <param name="Correction">1 / √(1 - β2^t).</param>
/// <param name="Decay">Times the weight, added to the gradient (Adam).</param>
/// <param name="Shrink">The weight is multiplied by this first (AdamW).</param>
/// <param name="Sign">-1 to climb.</param>
internal readonly record struct AdamStep(float Beta1, float Fresh1, float Beta2, float Fresh2, float Rate, float Correction, float Eps, float Decay, float Shrink, float Sign)
{
    /// <param name="w">Changed; the others are as long.</param>
    /// <param name="largest">Largest v so far (AMSGrad), or empty.</param>
    public void Run(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v, Span<float> largest)
    {
        Span<Vector<float>> ws = MemoryMarshal.Cast<float, Vector<float>>(w), ms = MemoryMarshal.Cast<float, Vector<float>>(m);
        Span<Vector<float>> vs = MemoryMarshal.Cast<float, Vector<float>>(v), ls = MemoryMarshal.Cast<float, Vector<float>>(largest);
        ReadOnlySpan<Vector<float>> gs = MemoryMarshal.Cast<float, Vector<float>>(g);
        var eps = new Vector<float>(Eps);
        for (int i = 0; i < ws.Length; i++)
        {
            Vector<float> gi = gs[i] * Sign + ws[i] * Decay;
            Vector<float> mi = ms[i] = Denormal.Flushed(ms[i] * Beta1 + gi * Fresh1);
            Vector<float> vi = vs[i] = Denormal.Flushed(vs[i] * Beta2 + gi * gi * Fresh2);
            if (ls.Length > 0)
                vi = ls[i] = Vector.Max(ls[i], vi);
            ws[i] = ws[i] * Shrink - mi * Rate / (Vector.SquareRoot(vi) * Correction + eps);
        }
        for (int i = ws.Length * Vector<float>.Count; i < w.Length; i++)
        {
            float gi = g[i] * Sign + w[i] * Decay;
            float mi = m[i] = Denormal.Flushed(m[i] * Beta1 + gi * Fresh1);
            float vi = v[i] = Denormal.Flushed(v[i] * Beta2 + gi * gi * Fresh2);
            if (largest.Length > 0)
                vi = largest[i] = MathF.Max(largest[i], vi);
            w[i] = w[i] * Shrink - mi * Rate / (MathF.Sqrt(vi) * Correction + Eps);
        }
    }
}
