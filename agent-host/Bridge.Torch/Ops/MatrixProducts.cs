using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Matrix products.</summary>
internal static class MatrixProducts
{
    /// <summary>
    /// PyTorch's matmul: vectors (k) count as a row or a column, matrices are (…, n, k) x (…, k, m) with the leading dimensions broadcast.
    /// </summary>
    public static torch.Tensor MatMul(torch.Tensor a, torch.Tensor b)
    {
        Check(a, b, "matmul");
        if (a.Rank == 0 || b.Rank == 0)
            throw new ArgumentException($"matmul: {a.Text} x {b.Text}: a scalar is no matrix; use mul");
        long inner = b.Sizes[Math.Max(b.Rank - 2, 0)];
        if (a.Sizes[^1] != inner)
            throw new ArgumentException($"matmul: {a.Text} x {b.Text}: inner sizes {a.Sizes[^1]} and {inner} differ");
        if (a.Rank == 2 && b.Rank == 2)
            return Matrices(a, b, "matmul");
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = a.Rank == 1 ? Views.Unsqueeze(a, 0) : a, y = b.Rank == 1 ? Views.Unsqueeze(b, 1) : b;
        torch.Tensor product;
        if (x.Rank == 2 && y.Rank == 2)
            product = Matrices(x, y, "matmul");
        else if (y.Rank == 2)
        {
            // One matrix for all: the leading dimensions are more rows.
            torch.Tensor rows = Matrices(Views.Reshape(x, [-1, x.Sizes[^1]], "matmul"), y, "matmul");
            product = Views.Reshape(rows, [.. x.Sizes.AsSpan(0, x.Rank - 1), y.Sizes[^1]], "matmul");
        }
        else
            product = Broadcast(x, y);
        if (b.Rank == 1)
            product = Views.Squeeze(product, -1);
        if (a.Rank == 1)
            product = Views.Squeeze(product, b.Rank == 1 ? -1 : -2);
        return scope.MoveToOuter(product);
    }

    /// <summary>(n, k) x (k, m) → (n, m).</summary>
    public static torch.Tensor Mm(torch.Tensor a, torch.Tensor b, string operation = "mm")
    {
        Check(a, b, operation);
        if (a.Rank != 2 || b.Rank != 2 || a.Sizes[1] != b.Sizes[0])
            throw new ArgumentException($"{operation}: {a.Text} x {b.Text} are not matrices (n, k) x (k, m)");
        return Matrices(a, b, operation);
    }

    /// <summary>(b, n, k) x (b, k, m) → (b, n, m).</summary>
    public static torch.Tensor Bmm(torch.Tensor a, torch.Tensor b)
    {
        Check(a, b, "bmm");
        if (a.Rank != 3 || b.Rank != 3 || a.Sizes[0] != b.Sizes[0] || a.Sizes[2] != b.Sizes[1])
            throw new ArgumentException($"bmm: {a.Text} x {b.Text} are not batches (b, n, k) x (b, k, m)");
        return Batches(a, b);
    }

    /// <summary>x (…, in) · weightᵀ (out, in) + bias (out) → (…, out); of that max(y, 0) with <paramref name="relu"/>, in the same pass.</summary>
    public static torch.Tensor Linear(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, bool relu = false)
    {
        Check(x, weight, "linear");
        bias?.Require(torch.ScalarType.Float32, "linear");
        if (x.Rank == 0 || weight.Rank != 2 || x.Sizes[^1] != weight.Sizes[1])
            throw new ArgumentException($"linear: {x.Text} does not fit the weight {weight.Text}: its last size must be the weight's last");
        if (bias is not null && (bias.Rank != 1 || bias.Sizes[0] != weight.Sizes[0]))
            throw new ArgumentException($"linear: the bias {bias.Text} does not fit the weight {weight.Text}");
        int features = (int)x.Sizes[^1], outputs = (int)weight.Sizes[0];
        long[] sizes = (long[])x.Sizes.Clone();
        sizes[^1] = outputs;
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, sizes, "linear");
        using torch.Tensor? dense = x.Contiguous || x.Rank == 2 ? null : Copying.Contiguous(x), denseBias = bias is null || bias.Contiguous ? null : Copying.Contiguous(bias);
        torch.Tensor from = dense ?? x;
        int rows = y.Count / Math.Max(outputs, 1);
        MatrixStrides strides = from.Contiguous ? MatrixStrides.RowMajor(features) : Strides(from);
        var across = new MatrixStrides((nint)weight.Strides[1], (nint)weight.Strides[0]);
        ReadOnlySpan<float> a = from.Raw<float>("linear"), b = weight.Raw<float>("linear");
        Gemm.MultiplyAdd(rows, outputs, features, a, strides, b, across, bias is null ? default : (denseBias ?? bias).Floats, y.Floats, outputs, relu);
        return Elementwise.Recorded(x, weight, bias) ? y.SetHistory(new LinearNode(x, weight, bias, relu ? y : null)) : y;
    }

    private static void Check(torch.Tensor a, torch.Tensor b, string operation)
    {
        a.Require(torch.ScalarType.Float32, operation);
        b.Require(torch.ScalarType.Float32, operation);
    }

    private static torch.Tensor Matrices(torch.Tensor a, torch.Tensor b, string operation)
    {
        torch.Tensor y = Product(a, b);
        return Elementwise.Recorded(a, b) ? y.SetHistory(new MatMulNode(operation, a, b)) : y;
    }

    private static torch.Tensor Batches(torch.Tensor a, torch.Tensor b)
    {
        torch.Tensor y = BatchProduct(a, b);
        return Elementwise.Recorded(a, b) ? y.SetHistory(new BatchNode(a, b)) : y;
    }

    private static torch.Tensor Broadcast(torch.Tensor a, torch.Tensor b)
    {
        long[] lead = Shape.Broadcast(a.Sizes[..^2], b.Sizes[..^2], "matmul");
        torch.Tensor x = Views.Reshape(Views.Expand(a, [.. lead, .. a.Sizes.AsSpan(a.Rank - 2)]), [Shape.Count(lead, "matmul"), a.Sizes[^2], a.Sizes[^1]], "matmul");
        torch.Tensor y = Views.Reshape(Views.Expand(b, [.. lead, .. b.Sizes.AsSpan(b.Rank - 2)]), [x.Sizes[0], b.Sizes[^2], b.Sizes[^1]], "matmul");
        return Views.Reshape(Batches(x, y), [.. lead, a.Sizes[^2], b.Sizes[^1]], "matmul");
    }

    private static MatrixStrides Strides(torch.Tensor x) => new((nint)x.Strides[^2], (nint)x.Strides[^1]);

    /// <summary>The transpose of a matrix, or of each in a batch, without history.</summary>
    private static torch.Tensor Transposed(torch.Tensor x)
    {
        long[] sizes = (long[])x.Sizes.Clone(), strides = (long[])x.Strides.Clone();
        (sizes[^1], sizes[^2]) = (sizes[^2], sizes[^1]);
        (strides[^1], strides[^2]) = (strides[^2], strides[^1]);
        return x.View(x.Offset, sizes, strides, "transpose");
    }

    private static torch.Tensor Product(torch.Tensor a, torch.Tensor b)
    {
        int n = (int)a.Sizes[0], k = (int)a.Sizes[1], m = (int)b.Sizes[1];
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [n, m], "matmul");
        Gemm.Multiply(n, m, k, a.Raw<float>("matmul"), Strides(a), b.Raw<float>("matmul"), Strides(b), y.Floats, m);
        return y;
    }

    private static torch.Tensor BatchProduct(torch.Tensor a, torch.Tensor b)
    {
        int n = (int)a.Sizes[1], k = (int)a.Sizes[2], m = (int)b.Sizes[2], count = (int)a.Sizes[0];
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [count, n, m], "matmul");
        if (y.Count > 0)
            Workers.For(count, new BatchWork(a, b, y), (long)y.Count * k);
        return y;
    }

    private readonly struct BatchWork(torch.Tensor a, torch.Tensor b, torch.Tensor y) : IBlockWork
    {
        public void Run(int i)
        {
            int n = (int)a.Sizes[1], k = (int)a.Sizes[2], m = (int)b.Sizes[2];
            Gemm.Multiply(n, m, k, a.Raw<float>("matmul")[(int)(i * a.Strides[0])..], Strides(a), b.Raw<float>("matmul")[(int)(i * b.Strides[0])..], Strides(b),
                y.Floats.Slice(i * n * m, n * m), m);
        }
    }

    private sealed class MatMulNode(string name, torch.Tensor a, torch.Tensor b) : Node(name, a, b)
    {
        private SavedTensor _a = new(a, name), _b = new(b, name);

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

    private sealed class BatchNode(torch.Tensor a, torch.Tensor b) : Node("bmm", a, b)
    {
        private SavedTensor _a = new(a, "bmm"), _b = new(b, "bmm");

        protected override void Backward(torch.Tensor gradient)
        {
            if (Wants(0))
                Send(0, BatchProduct(gradient, Transposed(_b.Get(Name))));
            if (Wants(1))
                Send(1, BatchProduct(Transposed(_a.Get(Name)), gradient));
        }

        protected override void ReleaseSaved()
        {
            _a.Release();
            _b.Release();
        }
    }

    /// <summary>dx = g W, dW = gᵀ x, db = Σ over rows of g; g is 0 first where the rectified output, if there is one, is 0.</summary>
    private sealed class LinearNode(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, torch.Tensor? rectified) : Node("linear", x, weight, bias)
    {
        private readonly bool _relu = rectified is not null;
        private SavedTensor _x = new(x, "linear"), _weight = new(weight, "linear"), _y = rectified is null ? default : new(rectified, "linear");

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), weight = _weight.Get(Name), g = _relu ? Unary.Slope(new Relu(), gradient, _y.Get(Name)) : gradient.Dense();
            int outputs = (int)weight.Sizes[0], features = (int)weight.Sizes[1], rows = x.Count / Math.Max(features, 1);
            if (Wants(0))
            {
                torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
                Gemm.Multiply(rows, features, outputs, g.Floats, MatrixStrides.RowMajor(outputs), weight.Raw<float>(Name), Strides(weight), dx.Floats, features);
                Send(0, dx);
            }
            if (Wants(1))
            {
                torch.Tensor dw = torch.Tensor.Empty(torch.ScalarType.Float32, weight.Sizes);
                torch.Tensor from = x.Contiguous || x.Rank == 2 ? x : Copying.Contiguous(x);
                Gemm.Multiply(outputs, features, rows, g.Floats, MatrixStrides.Transposed(outputs), from.Raw<float>(Name),
                    from.Contiguous ? MatrixStrides.RowMajor(features) : Strides(from), dw.Floats, features);
                Send(1, dw);
            }
            if (Wants(2))
            {
                torch.Tensor db = torch.Tensor.Empty(torch.ScalarType.Float32, [outputs]);
                Sums.Columns(g.Floats, rows, db.Floats);
                Send(2, db);
            }
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _weight.Release();
            _y.Release();
        }
    }
}
