using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor add(Tensor left, Tensor right) => left.add(right);
    public static Tensor add(Tensor left, Scalar right) => left.add(right);
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);
    public static Tensor div(Tensor left, Tensor right) => left.div(right);
    public static Tensor div(Tensor left, Scalar right) => left.div(right);
    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);
    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);
    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public partial class Tensor
    {
        public Tensor add(Tensor target) => Arithmetic.Add(this, target);
        public Tensor add(Tensor target, Scalar alpha) => Arithmetic.Add(this, target, alpha, "add");
        public Tensor add(Scalar scalar) => Arithmetic.Add(this, scalar, 1, "add");
        public Tensor add(Scalar scalar, Scalar alpha) => Arithmetic.Add(this, scalar, alpha, "add");
        public Tensor sub(Tensor target) => Arithmetic.Add(this, target, -1, "sub");
        public Tensor sub(Scalar scalar) => Arithmetic.Add(this, scalar, -1, "sub");
        public Tensor subtract(Tensor target) => sub(target);
        public Tensor mul(Tensor target) => Arithmetic.Mul(this, target);
        public Tensor mul(Scalar scalar) => Arithmetic.Mul(this, scalar);
        public Tensor multiply(Tensor target) => mul(target);
        public Tensor div(Tensor target) => Arithmetic.Div(this, target);
        public Tensor div(Scalar target) => Unary.Apply(this, new DivScalar(target.ToSingle()));
        public Tensor divide(Tensor target) => div(target);
        public Tensor remainder(Tensor target) => Arithmetic.Remainder(this, target);

        public Tensor remainder(Scalar scalar)
        {
            using Tensor number = Comparisons.Number(scalar);
            return Arithmetic.Remainder(this, number);
        }

        public Tensor pow(Tensor exponent) => Extremes.Pow(this, exponent);
        public Tensor pow(Scalar exponent) => Unary.Apply(this, new PowScalar(exponent.ToSingle()));
        public Tensor maximum(Tensor other) => Extremes.Maximum(this, other);
        public Tensor minimum(Tensor other) => Extremes.Minimum(this, other);
        public Tensor atan2(Tensor other) => Extremes.Atan2(this, other);

        /// <summary>this + weight (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight)
        {
            using DisposeScope scope = NewDisposeScope();
            return scope.MoveToOuter(add(end.sub(this).mul(weight)));
        }

        /// <summary>this + weight (end - this).</summary>
        public Tensor lerp(Tensor end, Scalar weight)
        {
            using Tensor difference = end.sub(this);
            return add(difference, weight);
        }

        /// <summary>this + value tensor1 tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            using Tensor product = tensor1.mul(tensor2);
            return add(product, value);
        }

        /// <summary>this + value tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            using Tensor quotient = tensor1.div(tensor2);
            return add(quotient, value);
        }

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator -(Scalar left, Tensor right)
        {
            if (right.dtype == ScalarType.Float32 || left.IsReal)
                return Unary.Apply(right, new SubtractFrom(left.ToSingle()));
            using Tensor number = Comparisons.Number(left);
            return number.sub(right);
        }

        public static Tensor operator -(Tensor left) => left.neg();
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);
        public static Tensor operator /(Scalar left, Tensor right) => Unary.Apply(right, new DivideInto(left.ToSingle()));
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);
    }
}
