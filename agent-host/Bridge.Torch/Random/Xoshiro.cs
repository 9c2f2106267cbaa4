using System.Numerics;

namespace Bridge.Torch.Random;

/// <summary>xoshiro256++ (Blackman and Vigna 2021), seeded through splitmix64. Not PyTorch's stream of numbers.</summary>
internal struct Xoshiro
{
    private ulong _s0, _s1, _s2, _s3;

    public Xoshiro(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>From the four words of <see cref="Words"/>.</summary>
    public Xoshiro(ReadOnlySpan<long> words)
    {
        _s0 = (ulong)words[0];
        _s1 = (ulong)words[1];
        _s2 = (ulong)words[2];
        _s3 = (ulong)words[3];
    }

    public readonly void Words(Span<long> words)
    {
        words[0] = (long)_s0;
        words[1] = (long)_s1;
        words[2] = (long)_s2;
        words[3] = (long)_s3;
    }

    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0, t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Evenly from [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextFloat() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Evenly from [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Evenly from 0 to range - 1, without bias (Lemire 2019).</summary>
    public ulong NextBelow(ulong range)
    {
        UInt128 product = (UInt128)Next() * range;
        if ((ulong)product < range)
        {
            ulong limit = (0 - range) % range;
            while ((ulong)product < limit)
                product = (UInt128)Next() * range;
        }
        return (ulong)(product >> 64);
    }

    /// <summary>Two independent standard normal numbers (Box and Muller 1958).</summary>
    public (double, double) NextNormals()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        (double sin, double cos) = Math.SinCos(2 * Math.PI * NextDouble());
        return (radius * cos, radius * sin);
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
