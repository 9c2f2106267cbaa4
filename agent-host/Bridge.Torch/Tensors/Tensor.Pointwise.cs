using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor exp(Tensor input) => input.exp();
    public static Tensor expm1(Tensor input) => input.expm1();
    public static Tensor log(Tensor input) => input.log();
    public static Tensor log1p(Tensor input) => input.log1p();
    public static Tensor sqrt(Tensor input) => input.sqrt();
    public static Tensor rsqrt(Tensor input) => input.rsqrt();
    public static Tensor square(Tensor input) => input.square();
    public static Tensor reciprocal(Tensor input) => input.reciprocal();
    public static Tensor erf(Tensor input) => input.erf();
    public static Tensor sin(Tensor input) => input.sin();
    public static Tensor cos(Tensor input) => input.cos();
    public static Tensor atan(Tensor input) => input.atan();
    public static Tensor tanh(Tensor input) => input.tanh();
    public static Tensor sigmoid(Tensor input) => input.sigmoid();
    public static Tensor relu(Tensor input) => input.relu();
    public static Tensor sign(Tensor input) => input.sign();
    public static Tensor floor(Tensor input) => input.floor();
    public static Tensor ceil(Tensor input) => input.ceil();
    public static Tensor round(Tensor input) => input.round();
    public static Tensor trunc(Tensor input) => input.trunc();
    public static Tensor abs(Tensor input) => input.abs();
    public static Tensor neg(Tensor input) => input.neg();
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);
    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);
    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);
    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
    public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

    public partial class Tensor
    {
        public Tensor exp() => Unary.Apply(this, new Exp());
        public Tensor expm1() => Unary.Apply(this, new Expm1());
        public Tensor log() => Unary.Apply(this, new Log());
        public Tensor log1p() => Unary.Apply(this, new Log1p());
        public Tensor sqrt() => Unary.Apply(this, new Sqrt());
        public Tensor rsqrt() => Unary.Apply(this, new Rsqrt());
        public Tensor square() => Unary.Apply(this, new Square());
        public Tensor reciprocal() => Unary.Apply(this, new Reciprocal());
        public Tensor erf() => Unary.Apply(this, new ErfOf());
        public Tensor sin() => Unary.Apply(this, new Sin());
        public Tensor cos() => Unary.Apply(this, new Cos());
        public Tensor atan() => Unary.Apply(this, new Atan());
        public Tensor tanh() => Unary.Apply(this, new Tanh());
        public Tensor sigmoid() => Unary.Apply(this, new Sigmoid());
        public Tensor relu() => Unary.Apply(this, new Relu());
        public Tensor sign() => Unary.Apply(this, new Sign());
        public Tensor floor() => Unary.Apply(this, new Floor());
        public Tensor ceil() => Unary.Apply(this, new Ceil());
        public Tensor round() => Unary.Apply(this, new Round());
        public Tensor trunc() => Unary.Apply(this, new Trunc());
        public Tensor abs() => dtype == ScalarType.Float32 ? Unary.Apply(this, new Abs()) : WholeAbs();
        public Tensor neg() => dtype == ScalarType.Float32 ? Unary.Apply(this, new Neg()) : mul(-1);
        public Tensor negative() => neg();

        public Tensor leaky_relu(Scalar negative_slope) => Unary.Apply(this, new LeakyRelu(negative_slope.ToSingle()));
        public Tensor elu(Scalar alpha) => Unary.Apply(this, new Elu(alpha.ToSingle()));
        public Tensor silu() => Unary.Apply(this, new Silu());
        public Tensor gelu() => Unary.Apply(this, new Gelu());
        public Tensor softplus(double beta = 1, double threshold = 20) => Unary.Apply(this, new Softplus((float)beta, (float)threshold));
        public Tensor softmax(long dim, ScalarType? dtype = null) => Softmaxes.Softmax(As(dtype), dim);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Softmaxes.LogSoftmax(As(dtype), dim);

        /// <summary>Held between min and max; at least one is given. A NaN stays.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            if (min is null && max is null)
                throw new ArgumentException("clamp: neither min nor max is given");
            if (dtype == ScalarType.Float32 || min?.IsReal == true || max?.IsReal == true)
                return Unary.Apply(this, new Clamp(min?.ToSingle() ?? float.NegativeInfinity, max?.ToSingle() ?? float.PositiveInfinity));
            using Tensor low = Comparisons.Number(min?.ToInt64() ?? long.MinValue), high = Comparisons.Number(max?.ToInt64() ?? long.MaxValue);
            return clamp(low, high);
        }

        public Tensor clamp(Tensor? min = null, Tensor? max = null)
        {
            if (min is null)
                return minimum(max ?? throw new ArgumentException("clamp: neither min nor max is given"));
            Tensor above = maximum(min);
            if (max is null)
                return above;
            Tensor result = above.minimum(max);
            above.Dispose();
            return result;
        }

        public Tensor clamp_min(Scalar min) => clamp(min, null);
        public Tensor clamp_max(Scalar max) => clamp(null, (Scalar?)max);
        public Tensor clip(Scalar min, Scalar max) => clamp(min, max);

        /// <summary>The logistic function's inverse: log(x / (1 - x)), with x held eps away from 0 and 1 where eps is given.</summary>
        public Tensor logit(double? eps = null)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor held = eps is null ? this : clamp((Scalar)eps.Value, (Scalar)(1 - eps.Value));
            return scope.MoveToOuter(held.log() - (1 - held).log());
        }

        private Tensor WholeAbs()
        {
            using Tensor negated = mul(-1);
            return maximum(negated);
        }

        private Tensor As(ScalarType? type) => type switch
        {
            null => this,
            ScalarType.Byte => throw new NotSupportedException("sum, prod: Byte is not here. A literal 0 is taken as that type: write dim: 0"),
            _ => to_type(type.Value),
        };
    }
}
