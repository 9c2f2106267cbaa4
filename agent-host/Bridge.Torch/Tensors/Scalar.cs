namespace TorchSharp;

/// <summary>One number as an argument. A value here (TorchSharp has a class), so that it costs nothing.</summary>
public readonly struct Scalar
{
    private readonly double _real;
    private readonly long _whole;

    private Scalar(double real, long whole, torch.ScalarType type)
    {
        _real = real;
        _whole = whole;
        Type = type;
    }

    public torch.ScalarType Type { get; }

    internal bool IsReal => Type == torch.ScalarType.Float32;

    public static implicit operator Scalar(int value) => new(value, value, torch.ScalarType.Int64);
    public static implicit operator Scalar(long value) => new(value, value, torch.ScalarType.Int64);
    public static implicit operator Scalar(float value) => new(value, (long)value, torch.ScalarType.Float32);
    public static implicit operator Scalar(double value) => new(value, (long)value, torch.ScalarType.Float32);
    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, value ? 1 : 0, torch.ScalarType.Bool);

    public float ToSingle() => (float)_real;
    public double ToDouble() => _real;
    public long ToInt64() => _whole;
    public int ToInt32() => checked((int)_whole);
    public bool ToBoolean() => _real != 0;
    public override string ToString() => IsReal ? _real.ToString("g9") : _whole.ToString();
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
}
