using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Sums, differences, products and quotients of two tensors, or a tensor and a number.</summary>
internal static class Arithmetic
{
    public static torch.Tensor Add(torch.Tensor a, torch.Tensor b) => Add(a, b, 1, "add");

    /// <summary>a + alpha b.</summary>
    public static torch.Tensor Add(torch.Tensor a, torch.Tensor b, Scalar alpha, string operation)
    {
        torch.Tensor x = a, y = b;
        switch (Promotion.Apply(ref x, ref y, operation))
        {
            case torch.ScalarType.Float32:
                float factor = alpha.ToSingle();
                torch.Tensor result = factor == 1 ? Elementwise.Binary<float, float, AddKernel<float>>(x, y, torch.ScalarType.Float32, operation)
                    : factor == -1 ? Elementwise.Binary<float, float, SubtractKernel<float>>(x, y, torch.ScalarType.Float32, operation)
                    : AddScaled(x, y, factor, operation);
                return Elementwise.Recorded(a, b) ? result.SetHistory(new AddNode(operation, a, b, factor)) : result;
            case torch.ScalarType.Int64 when alpha.IsReal:
                throw new ArgumentException($"{operation}: alpha {alpha} is not whole, the tensors are");
            case torch.ScalarType.Int64:
                if (alpha.ToInt64() != 1)
                    y = Elementwise.Scalar<long, long, MultiplyKernel<long>>(y, alpha.ToInt64(), torch.ScalarType.Int64, operation);
                return Elementwise.Binary<long, long, AddKernel<long>>(x, y, torch.ScalarType.Int64, operation);
            default:
                if (alpha.ToInt64() != 1)
                    throw new ArgumentException($"{operation}: {a.Text} and {b.Text} are Bool; use logical_xor or ~");
                return Comparisons.Logical<EitherTrue>(x, y, operation);
        }
    }

    public static torch.Tensor Add(torch.Tensor x, Scalar c, Scalar alpha, string operation)
    {
        torch.ScalarType type = Promotion.Common(Promotion.Common(x.Use(operation).Type, c), alpha);
        if (type == torch.ScalarType.Float32)
            return Unary.Apply(x, new AddScalar((float)(c.ToDouble() * alpha.ToDouble())));
        return Elementwise.Scalar<long, long, AddKernel<long>>(Whole(x), c.ToInt64() * alpha.ToInt64(), torch.ScalarType.Int64, operation);
    }

    public static torch.Tensor Mul(torch.Tensor a, torch.Tensor b, string operation = "mul")
    {
        torch.Tensor x = a, y = b;
        switch (Promotion.Apply(ref x, ref y, operation))
        {
            case torch.ScalarType.Float32:
                torch.Tensor result = Elementwise.Binary<float, float, MultiplyKernel<float>>(x, y, torch.ScalarType.Float32, operation);
                return Elementwise.Recorded(a, b) ? result.SetHistory(new MulNode(a, b, x, y)) : result;
            case torch.ScalarType.Int64:
                return Elementwise.Binary<long, long, MultiplyKernel<long>>(x, y, torch.ScalarType.Int64, operation);
            default:
                return Comparisons.Logical<BothTrue>(x, y, operation);
        }
    }

    public static torch.Tensor Mul(torch.Tensor x, Scalar c, string operation = "mul") =>
        Promotion.Common(x.Use(operation).Type, c) == torch.ScalarType.Float32
            ? Unary.Apply(x, new MulScalar(c.ToSingle()))
            : Elementwise.Scalar<long, long, MultiplyKernel<long>>(Whole(x), c.ToInt64(), torch.ScalarType.Int64, operation);

    /// <summary>a / b, in Float32 whatever the types.</summary>
    public static torch.Tensor Div(torch.Tensor a, torch.Tensor b, string operation = "div")
    {
        torch.Tensor x = Real(a), y = Real(b);
        torch.Tensor result = Elementwise.Binary<float, float, DivideKernel>(x, y, torch.ScalarType.Float32, operation);
        return Elementwise.Recorded(a, b) ? result.SetHistory(new DivNode(a, b, y, result)) : result;
    }

    public static torch.Tensor Remainder(torch.Tensor a, torch.Tensor b, string operation = "remainder")
    {
        torch.Tensor x = a, y = b;
        if (Promotion.Apply(ref x, ref y, operation) == torch.ScalarType.Int64)
        {
            using torch.Tensor? dense = y.Contiguous ? null : Copying.Contiguous(y);
            if ((dense ?? y).Longs.Contains(0))
                throw new DivideByZeroException($"{operation}: {a.Text} by {b.Text}: a whole divisor is 0");
            return Elementwise.Binary<long, long, RemainderKernel<long>>(x, y, torch.ScalarType.Int64, operation);
        }
        torch.Tensor result = Elementwise.Binary<float, float, RemainderKernel<float>>(Real(x), Real(y), torch.ScalarType.Float32, operation);
        if (Elementwise.Recorded(b))
            throw new NotSupportedException($"{operation}: the gradient of the divisor is not here");
        return Elementwise.Recorded(a) ? result.SetHistory(new AddNode(operation, a, b.detach(), 1)) : result;
    }

    /// <summary>sum += more, of one shape; nothing is recorded.</summary>
    public static void AddInto(torch.Tensor sum, torch.Tensor more)
    {
        using torch.Tensor? dense = more.Contiguous ? null : Copying.Contiguous(more);
        TensorPrimitives.Add(sum.Floats, (dense ?? more).Floats, sum.Floats);
    }

    /// <summary>x += alpha y without a temporary, where nothing is recorded; y broadcasts to x.</summary>
    public static torch.Tensor AddInPlace(torch.Tensor x, torch.Tensor y, Scalar alpha, string operation)
    {
        float factor = alpha.ToSingle();
        if (!InPlace.CanWrite(x, y, operation) || x.dtype != torch.ScalarType.Float32 || y.dtype != torch.ScalarType.Float32 || !FitsInto(x, y, operation))
            return InPlace.Assign(x, Add(x, y, alpha, operation), operation);
        if (factor == 1)
            Elementwise.BinaryInto<float, float, AddKernel<float>>(x, x, y, operation);
        else if (y.Contiguous && y.Count == x.Count)
            TensorPrimitives.MultiplyAdd(y.Floats, factor, x.Floats, x.Floats);
        else
            return InPlace.Assign(x, Add(x, y, alpha, operation), operation);
        x.MarkChanged();
        return x;
    }

    /// <summary>x *= y without a temporary, where nothing is recorded; y broadcasts to x.</summary>
    public static torch.Tensor MulInPlace(torch.Tensor x, torch.Tensor y, string operation)
    {
        if (!InPlace.CanWrite(x, y, operation) || x.dtype != torch.ScalarType.Float32 || y.dtype != torch.ScalarType.Float32 || !FitsInto(x, y, operation))
            return InPlace.Assign(x, Mul(x, y, operation), operation);
        Elementwise.BinaryInto<float, float, MultiplyKernel<float>>(x, x, y, operation);
        x.MarkChanged();
        return x;
    }

    /// <summary>The tensor in Float32.</summary>
    public static torch.Tensor Real(torch.Tensor x) => x.dtype == torch.ScalarType.Float32 ? x : Copying.Cast(x, torch.ScalarType.Float32);

    private static torch.Tensor Whole(torch.Tensor x) => x.dtype == torch.ScalarType.Int64 ? x : Copying.Cast(x, torch.ScalarType.Int64);

    /// <summary>Whether y broadcasts to exactly the shape of x, and can be read while x is written.</summary>
    private static bool FitsInto(torch.Tensor x, torch.Tensor y, string operation) =>
        Shape.Same(x.Sizes, y.Sizes) || (!ReferenceEquals(x.Use(operation), y.Use(operation)) && Shape.Same(Shape.Broadcast(x.Sizes, y.Sizes, operation), x.Sizes));

    private static torch.Tensor AddScaled(torch.Tensor x, torch.Tensor y, float factor, string operation)
    {
        using torch.Tensor scaled = Elementwise.Scalar<float, float, MultiplyKernel<float>>(y, factor, torch.ScalarType.Float32, operation);
        return Elementwise.Binary<float, float, AddKernel<float>>(x, scaled, torch.ScalarType.Float32, operation);
    }

    private sealed class AddNode(string name, torch.Tensor a, torch.Tensor b, float alpha) : Node(name, a, b)
    {
        private readonly long[] _a = a.Sizes, _b = b.Sizes;

        protected override void Backward(torch.Tensor gradient)
        {
            if (Wants(0))
                Send(0, Reductions.SumTo(gradient, _a));
            if (!Wants(1))
                return;
            torch.Tensor sum = Reductions.SumTo(gradient, _b);
            Send(1, alpha == 1 ? sum : Mul(sum, alpha));
        }
    }

    private sealed class MulNode(torch.Tensor a, torch.Tensor b, torch.Tensor x, torch.Tensor y) : Node("mul", a, b)
    {
        private readonly long[] _a = a.Sizes, _b = b.Sizes;
        private SavedTensor _x = b.Recorded ? new SavedTensor(x, "mul") : default, _y = a.Recorded ? new SavedTensor(y, "mul") : default;

        protected override void Backward(torch.Tensor gradient)
        {
            if (Wants(0))
                Send(0, Reductions.SumTo(Mul(gradient, _y.Get(Name)), _a));
            if (Wants(1))
                Send(1, Reductions.SumTo(Mul(gradient, _x.Get(Name)), _b));
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _y.Release();
        }
    }

    /// <summary>d(a/b) = da / b - (a/b) db / b.</summary>
    private sealed class DivNode(torch.Tensor a, torch.Tensor b, torch.Tensor divisor, torch.Tensor quotient) : Node("div", a, b)
    {
        private readonly long[] _a = a.Sizes, _b = b.Sizes;
        private SavedTensor _divisor = new(divisor, "div"), _quotient = b.Recorded ? new SavedTensor(quotient, "div") : default;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor share = Div(gradient, _divisor.Get(Name));
            if (Wants(1))
                Send(1, Reductions.SumTo(Mul(Mul(share, _quotient.Get(Name)), -1f), _b));
            if (Wants(0))
                Send(0, Reductions.SumTo(share, _a));
        }

        protected override void ReleaseSaved()
        {
            _divisor.Release();
            _quotient.Release();
        }
    }
}
