using Bridge.Torch.Random;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the generator that is used where none is passed.</summary>
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    /// <summary>A stream of random numbers. The same seed gives the same numbers on every machine; not those of PyTorch.</summary>
    public sealed class Generator : IDisposable
    {
        private readonly Lock _lock = new();
        private Xoshiro _state;
        private long _seed;

        public Generator(ulong seed = 0, Device? device = null)
        {
            Device.Check(device, "Generator");
            manual_seed((long)seed);
        }

        /// <summary>The generator that is used where none is passed.</summary>
        public static Generator Default { get; } = new(0);

        public Device device => CPU;

        public Generator manual_seed(long seed)
        {
            lock (_lock)
            {
                _seed = seed;
                _state = new Xoshiro((ulong)seed);
            }
            return this;
        }

        /// <summary>Seeds from the system's randomness and says with what.</summary>
        public long seed()
        {
            manual_seed(System.Random.Shared.NextInt64());
            return _seed;
        }

        public long initial_seed() => _seed;

        /// <summary>Four Int64 numbers that <see cref="set_state"/> takes.</summary>
        public Tensor get_state()
        {
            Tensor state = Tensor.Empty(ScalarType.Int64, [4]);
            lock (_lock)
                _state.Words(state.Longs);
            return state;
        }

        public void set_state(Tensor value)
        {
            value.Require(ScalarType.Int64, "set_state");
            if (value.Count != 4 || !value.Contiguous)
                throw new ArgumentException($"set_state: {value.Text} is not a state: four whole numbers");
            lock (_lock)
                _state = new Xoshiro(value.Longs);
        }

        /// <summary>Nothing is held; here because TorchSharp's is disposable.</summary>
        public void Dispose() { }

        /// <summary>Draws under the lock, so that threads that share a generator each get whole numbers.</summary>
        internal void Draw<TState>(TState state, DrawAction<TState> draw) where TState : allows ref struct
        {
            lock (_lock)
                draw(ref _state, state);
        }
    }

    internal delegate void DrawAction<TState>(ref Xoshiro source, TState state) where TState : allows ref struct;
}
