using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bridge.Torch.Kernels;

/// <summary>
/// What a matrix kernel needs of a register of floats. The kernels are written once over it; the JIT makes one version for each register, with these calls
/// inlined.
/// </summary>
/// <typeparam name="V">The register.</typeparam>
internal unsafe interface ILane<V> where V : unmanaged
{
    /// <summary>Floats in a register.</summary>
    static abstract int Width { get; }

    /// <summary>Rows of the largest register tile (that many rows by two registers stay in registers).</summary>
    static abstract int Rows { get; }

    static abstract V Load(float* p);

    static abstract void Store(float* p, V v);

    /// <summary>A mask that lets the first <paramref name="count"/> floats through, 0 to <see cref="Width"/>.</summary>
    static abstract V Mask(int count);

    /// <summary>The masked floats from memory, the others 0 and never touched.</summary>
    static abstract V MaskLoad(float* p, V mask);

    static abstract void MaskStore(float* p, V mask, V v);

    static abstract V Broadcast(float* p);

    /// <summary>a·b + c.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>max(v, 0); NaN stays.</summary>
    static abstract V Rectified(V v);

    /// <summary>The sums of four registers.</summary>
    static abstract Vector128<float> Sums(V a, V b, V c, V d);
}

/// <summary>AVX-512: 16 floats, 32 registers.</summary>
internal readonly unsafe struct Lane512 : ILane<Vector512<float>>
{
    public static int Width => 16;

    public static int Rows => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* p) => Vector512.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* p, Vector512<float> v) => v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mask(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MaskLoad(float* p, Vector512<float> mask) => Avx512F.MaskLoad(p, mask, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MaskStore(float* p, Vector512<float> mask, Vector512<float> v) => Avx512F.MaskStore(p, mask, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float* p) => Vector512.Create(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Avx512F.FusedMultiplyAdd(a, b, c);

    // The instruction gives its second operand where one of the two is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Rectified(Vector512<float> v) => Avx512F.Max(Vector512<float>.Zero, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) => Lane256.Sums(Half(a), Half(b), Half(c), Half(d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Half(Vector512<float> v) => v.GetLower() + v.GetUpper();
}

/// <summary>AVX2 with FMA: 8 floats, 16 registers.</summary>
internal readonly unsafe struct Lane256 : ILane<Vector256<float>>
{
    public static int Width => 8;

    public static int Rows => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* p) => Vector256.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* p, Vector256<float> v) => v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mask(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MaskLoad(float* p, Vector256<float> mask) => Avx.MaskLoad(p, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MaskStore(float* p, Vector256<float> mask, Vector256<float> v) => Avx.MaskStore(p, mask, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float* p) => Vector256.Create(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Fma.MultiplyAdd(a, b, c);

    // The instruction gives its second operand where one of the two is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Rectified(Vector256<float> v) => Avx.Max(Vector256<float>.Zero, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        // Neighbours are added until lane j holds the sum of register j, in both halves.
        Vector256<float> sums = Avx.HorizontalAdd(Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d));
        return sums.GetLower() + sums.GetUpper();
    }
}

/// <summary>One float at a time, for a processor without AVX2 and for DOTNET_EnableHWIntrinsic=0.</summary>
internal readonly unsafe struct Lane1 : ILane<float>
{
    public static int Width => 1;

    public static int Rows => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* p) => *p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* p, float v) => *p = v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mask(int count) => count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaskLoad(float* p, float mask) => mask > 0 ? *p : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MaskStore(float* p, float mask, float v)
    {
        if (mask > 0)
            *p = v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float* p) => *p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => a * b + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Rectified(float v) => v < 0 ? 0 : v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(float a, float b, float c, float d) => Vector128.Create(a, b, c, d);
}
