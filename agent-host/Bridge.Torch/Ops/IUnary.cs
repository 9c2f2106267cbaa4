namespace Bridge.Torch.Ops;

/// <summary>What an elementwise function keeps for its gradient.</summary>
internal enum Saves { Nothing, Input, Output }

/// <summary>An elementwise function of one Float32 tensor with its gradient; a struct that carries its parameters.</summary>
internal interface IUnary
{
    string Name { get; }

    Saves Saves { get; }

    /// <summary>y = f(x), of one length.</summary>
    void Forward(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>dx = gradient · f'(x), from the input or the output that was saved (empty where nothing was).</summary>
    void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx);
}
