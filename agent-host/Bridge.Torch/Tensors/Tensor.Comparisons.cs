using System.Diagnostics.CodeAnalysis;
using Bridge.Torch.Kernels;
using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);
    public static Tensor eq(Tensor left, Scalar right) => left.eq(right);
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);
    public static Tensor ne(Tensor left, Scalar right) => left.ne(right);
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);
    public static Tensor lt(Tensor left, Scalar right) => left.lt(right);
    public static Tensor le(Tensor left, Tensor right) => left.le(right);
    public static Tensor le(Tensor left, Scalar right) => left.le(right);
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);
    public static Tensor gt(Tensor left, Scalar right) => left.gt(right);
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);
    public static Tensor ge(Tensor left, Scalar right) => left.ge(right);
    public static Tensor logical_and(Tensor input, Tensor other) => input.logical_and(other);
    public static Tensor logical_or(Tensor input, Tensor other) => input.logical_or(other);
    public static Tensor logical_xor(Tensor input, Tensor other) => input.logical_xor(other);
    public static Tensor logical_not(Tensor input) => input.logical_not();
    public static Tensor isnan(Tensor input) => input.isnan();
    public static Tensor isinf(Tensor input) => input.isinf();
    public static Tensor isfinite(Tensor input) => input.isfinite();

    public static bool allclose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        input.allclose(other, rtol, atol, equal_nan);

    /// <summary>Whether both have the same shape and elements. (TorchSharp's Tensor.equal compares element by element.)</summary>
    public static bool equal(Tensor tensor1, Tensor tensor2) => Comparisons.Same(tensor1, tensor2);

    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Comparisons.Compare(Comparison.Equal, this, target);
        public Tensor eq(Scalar target) => Comparisons.Compare(Comparison.Equal, this, target);
        public Tensor ne(Tensor target) => Comparisons.Compare(Comparison.NotEqual, this, target);
        public Tensor ne(Scalar target) => Comparisons.Compare(Comparison.NotEqual, this, target);
        public Tensor lt(Tensor target) => Comparisons.Compare(Comparison.Less, this, target);
        public Tensor lt(Scalar target) => Comparisons.Compare(Comparison.Less, this, target);
        public Tensor le(Tensor target) => Comparisons.Compare(Comparison.LessOrEqual, this, target);
        public Tensor le(Scalar target) => Comparisons.Compare(Comparison.LessOrEqual, this, target);
        public Tensor gt(Tensor target) => Comparisons.Compare(Comparison.Greater, this, target);
        public Tensor gt(Scalar target) => Comparisons.Compare(Comparison.Greater, this, target);
        public Tensor ge(Tensor target) => Comparisons.Compare(Comparison.GreaterOrEqual, this, target);
        public Tensor ge(Scalar target) => Comparisons.Compare(Comparison.GreaterOrEqual, this, target);
        public Tensor equal(Tensor target) => eq(target);
        public Tensor not_equal(Tensor target) => ne(target);
        public Tensor less(Tensor target) => lt(target);
        public Tensor less_equal(Tensor target) => le(target);
        public Tensor greater(Tensor target) => gt(target);
        public Tensor greater_equal(Tensor target) => ge(target);
        public Tensor logical_and(Tensor other) => Comparisons.Logical<BothTrue>(this, other, "logical_and");
        public Tensor logical_or(Tensor other) => Comparisons.Logical<EitherTrue>(this, other, "logical_or");
        public Tensor logical_xor(Tensor other) => Comparisons.Logical<OneTrue>(this, other, "logical_xor");
        public Tensor logical_not() => Comparisons.Not(this, "logical_not");
        public Tensor bitwise_and(Tensor other) => Bits("bitwise_and", this, other).logical_and(other);
        public Tensor bitwise_or(Tensor other) => Bits("bitwise_or", this, other).logical_or(other);
        public Tensor bitwise_xor(Tensor other) => Bits("bitwise_xor", this, other).logical_xor(other);
        public Tensor bitwise_not() => Bits("bitwise_not", this, this).logical_not();
        public Tensor isnan() => Comparisons.Is(this, float.IsNaN, false, "isnan");
        public Tensor isinf() => Comparisons.Is(this, float.IsInfinity, false, "isinf");
        public Tensor isfinite() => Comparisons.Is(this, float.IsFinite, true, "isfinite");

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Comparisons.AllClose(this, target, rtol, atol, equal_nan);

        /// <summary>Whether both have the same type, shape and elements.</summary>
        public bool Equals(Tensor? target) => target is not null && Comparisons.Same(this, target);

        public override bool Equals([NotNullWhen(true)] object? obj) => obj is Tensor other && Equals(other);

        /// <summary>By identity: the contents may change.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        /// <summary>Element by element; to compare with null write <c>is null</c>.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);
        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        /// <summary>Only truth values have bits here.</summary>
        private static Tensor Bits(string operation, Tensor a, Tensor b)
        {
            b.Require(ScalarType.Bool, operation);
            return a.Require(ScalarType.Bool, operation);
        }
    }
}
