namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>
            /// Rows (or columns, where there are more rows) at right angles and of length gain (Saxe et al. 2013); dimensions after the first are taken as one.
            /// Gram-Schmidt twice over random normal numbers, in double precision.
            /// </summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0, Generator? generator = null)
            {
                if (tensor.ndim < 2)
                    throw new ArgumentException($"orthogonal_: {tensor.Text} has fewer than two dimensions", nameof(tensor));
                int rows = (int)tensor.Sizes[0], columns = rows == 0 ? 0 : tensor.Count / rows;
                int vectors = Math.Min(rows, columns), length = Math.Max(rows, columns);
                using Tensor drawn = Tensor.Empty(ScalarType.Float32, [vectors, length]);
                normal_(drawn, generator: generator);
                double[][] basis = Orthonormal(drawn.Floats, vectors, length);
                using Tensor values = Tensor.Empty(ScalarType.Float32, tensor.Sizes);
                Span<float> to = values.Floats;
                for (int r = 0; r < rows; r++)
                    for (int c = 0; c < columns; c++)
                        to[r * columns + c] = (float)(gain * (rows <= columns ? basis[r][c] : basis[c][r]));
                using IDisposable noGrad = no_grad();
                return tensor.copy_(values);
            }

            private static double[][] Orthonormal(ReadOnlySpan<float> drawn, int vectors, int length)
            {
                double[][] basis = new double[vectors][];
                for (int i = 0; i < vectors; i++)
                {
                    double[] v = basis[i] = new double[length];
                    for (int k = 0; k < length; k++)
                        v[k] = drawn[i * length + k];
                    for (int pass = 0; pass < 2; pass++)
                        for (int j = 0; j < i; j++)
                            Subtract(v, basis[j], Dot(v, basis[j]));
                    double scale = 1 / Math.Sqrt(Dot(v, v));
                    for (int k = 0; k < length; k++)
                        v[k] *= scale;
                }
                return basis;
            }

            private static double Dot(double[] a, double[] b)
            {
                double sum = 0;
                for (int k = 0; k < a.Length; k++)
                    sum += a[k] * b[k];
                return sum;
            }

            private static void Subtract(double[] v, double[] direction, double amount)
            {
                for (int k = 0; k < v.Length; k++)
                    v[k] -= amount * direction[k];
            }
        }
    }
}
