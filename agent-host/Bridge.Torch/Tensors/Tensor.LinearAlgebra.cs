using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);
    public static Tensor dot(Tensor input, Tensor target) => input.dot(target);
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => input.addmm(mat1, mat2, beta, alpha);

    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => MatrixProducts.MatMul(this, target);

        /// <summary>(n, k) x (k, m).</summary>
        public Tensor mm(Tensor target) => MatrixProducts.Mm(this, target);

        /// <summary>(b, n, k) x (b, k, m).</summary>
        public Tensor bmm(Tensor batch2) => MatrixProducts.Bmm(this, batch2);

        /// <summary>(n, k) x (k).</summary>
        public Tensor mv(Tensor target) => Rank == 2 && target.Rank == 1 ? MatrixProducts.MatMul(this, target)
            : throw new ArgumentException($"mv: {Text} x {target.Text} are not a matrix and a vector");

        /// <summary>(k) x (k).</summary>
        public Tensor dot(Tensor target) => Rank == 1 && target.Rank == 1 ? MatrixProducts.MatMul(this, target)
            : throw new ArgumentException($"dot: {Text} x {target.Text} are not two vectors");

        /// <summary>(n) x (m) → (n, m).</summary>
        public Tensor outer(Tensor vec2)
        {
            if (Rank != 1 || vec2.Rank != 1)
                throw new ArgumentException($"outer: {Text} x {vec2.Text} are not two vectors");
            using Tensor column = Views.Unsqueeze(this, 1);
            return column.mul(vec2);
        }

        /// <summary>beta this + alpha mat1 mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta, float alpha)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor product = MatrixProducts.Mm(mat1, mat2, "addmm");
            return scope.MoveToOuter((beta == 1 ? this : mul(beta)).add(product, alpha));
        }
    }
}
