using Bridge.Torch.Ops;
using Bridge.Torch.Random;
using Bridge.Torch.Tensors;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Changes in place; each returns this.</summary>
    public partial class Tensor
    {
        public Tensor add_(Tensor target) => Arithmetic.AddInPlace(this, target, 1, "add_");
        public Tensor add_(Tensor target, Scalar alpha) => Arithmetic.AddInPlace(this, target, alpha, "add_");
        public Tensor add_(Scalar scalar) => Real(scalar) ? Unary.ApplyInPlace(this, new AddScalar(scalar.ToSingle()), "add_") : InPlace.Assign(this, add(scalar), "add_");
        public Tensor sub_(Tensor target) => Arithmetic.AddInPlace(this, target, -1, "sub_");
        public Tensor sub_(Scalar scalar) => Real(scalar) ? Unary.ApplyInPlace(this, new AddScalar(-scalar.ToSingle()), "sub_") : InPlace.Assign(this, sub(scalar), "sub_");
        public Tensor mul_(Tensor target) => Arithmetic.MulInPlace(this, target, "mul_");
        public Tensor mul_(Scalar scalar) => Real(scalar) ? Unary.ApplyInPlace(this, new MulScalar(scalar.ToSingle()), "mul_") : InPlace.Assign(this, mul(scalar), "mul_");
        public Tensor div_(Tensor target) => InPlace.Assign(this, div(target), "div_");
        public Tensor div_(Scalar scalar) => Unary.ApplyInPlace(this, new DivScalar(scalar.ToSingle()), "div_");
        public Tensor pow_(Scalar exponent) => Unary.ApplyInPlace(this, new PowScalar(exponent.ToSingle()), "pow_");
        public Tensor sqrt_() => Unary.ApplyInPlace(this, new Sqrt(), "sqrt_");
        public Tensor exp_() => Unary.ApplyInPlace(this, new Exp(), "exp_");
        public Tensor log_() => Unary.ApplyInPlace(this, new Log(), "log_");
        public Tensor abs_() => Unary.ApplyInPlace(this, new Abs(), "abs_");
        public Tensor neg_() => Unary.ApplyInPlace(this, new Neg(), "neg_");
        public Tensor tanh_() => Unary.ApplyInPlace(this, new Tanh(), "tanh_");
        public Tensor sigmoid_() => Unary.ApplyInPlace(this, new Sigmoid(), "sigmoid_");
        public Tensor relu_() => Unary.ApplyInPlace(this, new Relu(), "relu_");
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace.Assign(this, clamp(min, max), "clamp_");
        public Tensor clamp_min_(Scalar min) => InPlace.Assign(this, clamp_min(min), "clamp_min_");
        public Tensor clamp_max_(Scalar max) => InPlace.Assign(this, clamp_max(max), "clamp_max_");
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace.Assign(this, lerp(end, weight), "lerp_");
        public Tensor lerp_(Tensor end, Scalar weight) => InPlace.Assign(this, lerp(end, weight), "lerp_");

        /// <summary>this += value tensor1 tensor2.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            using Tensor product = tensor1.mul(tensor2);
            return add_(product, value);
        }

        /// <summary>this += value tensor1 / tensor2.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            using Tensor quotient = tensor1.div(tensor2);
            return add_(quotient, value);
        }

        /// <summary>Takes over the elements of source, broadcast and cast.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Use("copy_");
            Tensor spread = Shape.Same(source._sizes, _sizes) ? source : Views.Expand(source, _sizes);
            Tensor typed = spread.dtype == dtype ? spread : Copying.Cast(spread, dtype);
            if (Elementwise.Recorded(this, typed))
                return InPlace.Assign(this, Copying.Clone(typed, "copy_"), "copy_");
            if (ReferenceEquals(typed._storage, _storage))
                return InPlace.Assign(this, Copying.Contiguous(typed, "copy_"), "copy_"); // may overlap
            Copying.Into(this, typed, "copy_");
            MarkChanged();
            return this;
        }

        public Tensor fill_(Scalar value)
        {
            if (Elementwise.Recorded(this))
                return InPlace.Assign(this, full_like(this, value), "fill_");
            switch (Use("fill_").Type)
            {
                case ScalarType.Float32: Fill(value.ToSingle()); break;
                case ScalarType.Int64: Fill(value.ToInt64()); break;
                default: Fill(value.ToBoolean()); break;
            }
            MarkChanged();
            return this;
        }

        public Tensor zero_() => fill_(0);

        /// <summary>Evenly from [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) => Draw("uniform_", x => Sampling.Uniform(x, from, to, generator));

        public Tensor normal_(double mean = 0.0, double stddev = 1.0, Generator? generator = null) => Draw("normal_", x => Sampling.Normal(x, mean, stddev, generator));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Draw("bernoulli_", x => Sampling.Bernoulli(x, p, generator));

        /// <summary>1 with the probability at that place, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => Sampling.Bernoulli(this, generator);

        /// <summary>Places drawn in proportion to the weights of each row.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Sampling.Multinomial(this, num_samples, replacement, generator);

        private bool Real(Scalar scalar) => Use("in place").Type == ScalarType.Float32;

        private void Fill<T>(T value) where T : unmanaged
        {
            if (_contiguous)
                Span<T>("fill_").Fill(value);
            else
            {
                Tensor one = Empty(dtype, Shape.Scalar);
                one.Span<T>("fill_")[0] = value;
                using Tensor spread = Views.Expand(one, _sizes);
                Copying.Into(this, spread, "fill_");
                one.Dispose();
            }
        }

        /// <summary>Random numbers have no gradient; a view is filled through a copy.</summary>
        private Tensor Draw(string operation, Func<Tensor, Tensor> draw)
        {
            Tensor drawn = draw(Empty(Use(operation).Type, _sizes));
            if (Elementwise.Recorded(this))
                throw new InvalidOperationException($"{operation}: {Text} requires grad and cannot be overwritten; use torch.no_grad()");
            return InPlace.Assign(this, drawn, operation);
        }
    }

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);
}
