using Bridge.Torch.Autograd;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Matrix products.</summary>
internal static class MatrixProducts
{
    /// <summary>(n, k) x (k, m) → (n, m).</summary>
    public static torch.Tensor MatMul(torch.Tensor a, torch.Tensor b)
    {
        a.Require(torch.ScalarType.Float32, "matmul");
        b.Require(torch.ScalarType.Float32, "matmul");
        if (a.Rank != 2 || b.Rank != 2 || a.Sizes[1] != b.Sizes[0])
            throw new ArgumentException($"matmul: {a.Text} x {b.Text}: inner sizes differ");
        torch.Tensor y = Product(a, b);
        return Elementwise.Recorded(a, b) ? y.SetHistory(new MatMulNode(a, b)) : y;
    }

    /// <summary>x (…, in) · weightᵀ (out, in) + bias (out) → (…, out).</summary>
    public static torch.Tensor Linear(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias)
    {
        torch.Tensor flat = x.View(x.Offset, [x.Count / x.Sizes[^1], x.Sizes[^1]], null, "linear");
        torch.Tensor y = Product(flat, Transposed(weight));
        long[] sizes = (long[])x.Sizes.Clone();
        sizes[^1] = weight.Sizes[0];
        if (bias is not null)
            Elementwise.BinaryInto<float, float, Kernels.AddKernel<float>>(y, y, bias, "linear");
        torch.Tensor result = y.View(0, sizes, null, "linear");
        return Elementwise.Recorded(x, weight, bias) ? result.SetHistory(new LinearNode(x, weight, bias)) : result;
    }

    private static torch.Tensor Transposed(torch.Tensor x) => x.View(x.Offset, [x.Sizes[1], x.Sizes[0]], [x.Strides[1], x.Strides[0]], "t");

    private static torch.Tensor Product(torch.Tensor a, torch.Tensor b)
    {
        int n = (int)a.Sizes[0], k = (int)a.Sizes[1], m = (int)b.Sizes[1];
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [n, m]);
        ReadOnlySpan<float> fromA = a.Raw<float>("matmul"), fromB = b.Raw<float>("matmul");
        Span<float> to = y.Floats;
        int a0 = (int)a.Strides[0], a1 = (int)a.Strides[1], b0 = (int)b.Strides[0], b1 = (int)b.Strides[1];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
            {
                float sum = 0;
                for (int p = 0; p < k; p++)
                    sum += fromA[i * a0 + p * a1] * fromB[p * b0 + j * b1];
                to[i * m + j] = sum;
            }
        return y;
    }

    private sealed class MatMulNode(torch.Tensor a, torch.Tensor b) : Node("matmul", a, b)
    {
        private SavedTensor _a = new(a, "matmul"), _b = new(b, "matmul");

        protected override void Backward(torch.Tensor gradient)
        {
            if (Wants(0))
                Send(0, Product(gradient, Transposed(_b.Get(Name))));
            if (Wants(1))
                Send(1, Product(Transposed(_a.Get(Name)), gradient));
        }

        protected override void ReleaseSaved()
        {
            _a.Release();
            _b.Release();
        }
    }

    private sealed class LinearNode(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias) : Node("linear", x, weight, bias)
    {
        private SavedTensor _x = new(x, "linear"), _weight = new(weight, "linear");

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), weight = _weight.Get(Name);
            torch.Tensor dense = gradient.Dense();
            int rows = gradient.Count / (int)weight.Sizes[0];
            torch.Tensor g = dense.View(dense.Offset, [rows, weight.Sizes[0]], null, Name);
            if (Wants(0))
            {
                torch.Tensor product = Product(g, weight);
                Send(0, product.View(0, x.Sizes, null, Name));
            }
            if (Wants(1))
                Send(1, Product(Transposed(g), x.View(x.Offset, [rows, weight.Sizes[1]], null, Name)));
            if (Wants(2))
                Send(2, Reductions.SumTo(g, [weight.Sizes[0]]));
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _weight.Release();
        }
    }
}
