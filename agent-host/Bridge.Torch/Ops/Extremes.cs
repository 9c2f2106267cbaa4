using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>The larger, the smaller, powers and angles of two tensors.</summary>
internal static class Extremes
{
    public static torch.Tensor Maximum(torch.Tensor a, torch.Tensor b)
    {
        torch.Tensor x = a, y = b;
        torch.ScalarType type = Promotion.Apply(ref x, ref y, "maximum");
        if (type == torch.ScalarType.Int64)
            return Elementwise.Binary<long, long, MaximumKernel<long>>(x, y, type, "maximum");
        if (type == torch.ScalarType.Bool)
            return Comparisons.Logical<EitherTrue>(x, y, "maximum");
        torch.Tensor result = Elementwise.Binary<float, float, MaximumKernel<float>>(x, y, type, "maximum");
        return Elementwise.Recorded(a, b) ? result.SetHistory(new PickNode("maximum", a, b, x, y, result)) : result;
    }

    public static torch.Tensor Minimum(torch.Tensor a, torch.Tensor b)
    {
        torch.Tensor x = a, y = b;
        torch.ScalarType type = Promotion.Apply(ref x, ref y, "minimum");
        if (type == torch.ScalarType.Int64)
            return Elementwise.Binary<long, long, MinimumKernel<long>>(x, y, type, "minimum");
        if (type == torch.ScalarType.Bool)
            return Comparisons.Logical<BothTrue>(x, y, "minimum");
        torch.Tensor result = Elementwise.Binary<float, float, MinimumKernel<float>>(x, y, type, "minimum");
        return Elementwise.Recorded(a, b) ? result.SetHistory(new PickNode("minimum", a, b, x, y, result)) : result;
    }

    public static torch.Tensor Pow(torch.Tensor a, torch.Tensor b)
    {
        torch.Tensor x = Arithmetic.Real(a), y = Arithmetic.Real(b);
        torch.Tensor result = Elementwise.Binary<float, float, PowerKernel>(x, y, torch.ScalarType.Float32, "pow");
        return Elementwise.Recorded(a, b) ? result.SetHistory(new PowNode(a, b, x, y, result)) : result;
    }

    public static torch.Tensor Atan2(torch.Tensor a, torch.Tensor b)
    {
        torch.Tensor x = Arithmetic.Real(a), y = Arithmetic.Real(b);
        torch.Tensor result = Elementwise.Binary<float, float, Atan2Kernel>(x, y, torch.ScalarType.Float32, "atan2");
        return Elementwise.Recorded(a, b) ? result.SetHistory(new Atan2Node(a, b, x, y)) : result;
    }

    /// <summary>The gradient goes to the one that was taken, half to each where they are equal.</summary>
    private sealed class PickNode(string name, torch.Tensor a, torch.Tensor b, torch.Tensor x, torch.Tensor y, torch.Tensor result) : Node(name, a, b)
    {
        private readonly long[] _a = a.Sizes, _b = b.Sizes;
        private SavedTensor _x = new(x, name), _y = new(y, name), _result = new(result, name);

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), y = _y.Get(Name), result = _result.Get(Name);
            torch.Tensor half = Mul(Mul(gradient, Comparisons.Compare(Comparison.Equal, x, y)), 0.5f);
            if (Wants(0))
                Send(0, Reductions.SumTo(Arithmetic.Add(Mul(gradient, Comparisons.Compare(Comparison.Equal, x, result)), half, -1f, Name), _a));
            if (Wants(1))
                Send(1, Reductions.SumTo(Arithmetic.Add(Mul(gradient, Comparisons.Compare(Comparison.Equal, y, result)), half, -1f, Name), _b));
        }

        private static torch.Tensor Mul(torch.Tensor a, torch.Tensor b) => Arithmetic.Mul(a, b);

        private static torch.Tensor Mul(torch.Tensor a, float b) => Arithmetic.Mul(a, b);

        protected override void ReleaseSaved()
        {
            _x.Release();
            _y.Release();
            _result.Release();
        }
    }

    /// <summary>d(aᵇ) = b aᵇ⁻¹ da + aᵇ log a db; the second is 0 at a = 0 with b ≥ 0.</summary>
    private sealed class PowNode(torch.Tensor a, torch.Tensor b, torch.Tensor x, torch.Tensor y, torch.Tensor result) : Node("pow", a, b)
    {
        private readonly long[] _a = a.Sizes, _b = b.Sizes;
        private SavedTensor _x = new(x, "pow"), _y = new(y, "pow"), _result = new(result, "pow");

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), y = _y.Get(Name);
            if (Wants(0))
            {
                torch.Tensor slope = Arithmetic.Mul(y, Pow(x, Arithmetic.Add(y, -1, 1, Name)));
                using torch.Tensor zero = Comparisons.Compare(Comparison.Equal, y, 0f);
                Send(0, Reductions.SumTo(Arithmetic.Mul(gradient, Selection.MaskedFill(slope, zero, 0f)), _a));
            }
            if (Wants(1))
            {
                torch.Tensor log = Unary.Apply(x, new Log());
                torch.Tensor zero = Comparisons.Logical<BothTrue>(Comparisons.Compare(Comparison.Equal, x, 0f), Comparisons.Compare(Comparison.GreaterOrEqual, y, 0f), Name);
                torch.Tensor slope = Selection.MaskedFill(Arithmetic.Mul(_result.Get(Name), log), zero, 0f);
                Send(1, Reductions.SumTo(Arithmetic.Mul(gradient, slope), _b));
            }
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _y.Release();
            _result.Release();
        }
    }

    /// <summary>d atan2(y, x) = (x dy - y dx) / (x² + y²).</summary>
    private sealed class Atan2Node(torch.Tensor a, torch.Tensor b, torch.Tensor y, torch.Tensor x) : Node("atan2", a, b)
    {
        private readonly long[] _a = a.Sizes, _b = b.Sizes;
        private SavedTensor _y = new(y, "atan2"), _x = new(x, "atan2");

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor y = _y.Get(Name), x = _x.Get(Name);
            torch.Tensor share = Arithmetic.Div(gradient, Arithmetic.Add(Arithmetic.Mul(x, x), Arithmetic.Mul(y, y)));
            if (Wants(0))
                Send(0, Reductions.SumTo(Arithmetic.Mul(share, x), _a));
            if (Wants(1))
                Send(1, Reductions.SumTo(Arithmetic.Mul(Arithmetic.Mul(share, y), -1f), _b));
        }

        protected override void ReleaseSaved()
        {
            _y.Release();
            _x.Release();
        }
    }
}
