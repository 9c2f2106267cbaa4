using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public partial class Tensor
    {
        public Tensor add(Tensor target) => Arithmetic.Add(this, target);

        public static Tensor operator +(Tensor left, Tensor right) => Arithmetic.Add(left, right);

        public Tensor relu() => Activations.Relu(this);

        public Tensor sum() => Reductions.Sum(this);

        public Tensor view(params long[] shape) => Views.View(this, shape);

        public Tensor matmul(Tensor target) => MatrixProducts.MatMul(this, target);
    }

    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor input) => input.relu();

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => MatrixProducts.Linear(input, weights, bias);
        }
    }
}
