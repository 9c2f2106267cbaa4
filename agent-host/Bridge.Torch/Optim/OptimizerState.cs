namespace TorchSharp.Modules;

/// <summary>One parameter and what the optimiser remembers of it; arrays are made when first asked for.</summary>
public sealed class OptimizerState
{
    private const int Slots = 3;

    private float[]?[] _memory = new float[]?[Slots];

    internal OptimizerState(Parameter parameter) => Parameter = parameter;

    internal Parameter Parameter { get; }

    /// <summary>Steps done, from 0.</summary>
    internal long Step { get; set; }

    /// <summary>A part of an array as long as the parameter, zeros at first. Blocks of one parameter may ask at once.</summary>
    internal Span<float> Memory(int index, int start, int count)
        => (_memory[index] ?? Interlocked.CompareExchange(ref _memory[index], new float[Parameter.Count], null) ?? _memory[index]!).AsSpan(start, count);

    /// <summary>The step, then each array or that there is none.</summary>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(Parameter.Count);
        writer.Write(Step);
        foreach (float[]? array in _memory)
        {
            writer.Write(array is not null);
            foreach (float value in array ?? [])
                writer.Write(value);
        }
    }

    /// <summary>What <see cref="Write"/> wrote, for a parameter of this one's length. The result stands apart until <see cref="Take"/>.</summary>
    /// <exception cref="InvalidDataException">It is of a parameter of another length, or no number of steps.</exception>
    internal OptimizerState Read(BinaryReader reader, string optimiser)
    {
        int count = reader.ReadInt32();
        long step = reader.ReadInt64();
        if (count != Parameter.Count || step < 0)
            throw new InvalidDataException($"{optimiser}: the state is of a parameter of {count} elements after {step} steps; here it is {Parameter.Text}. Load it into the network it was saved from");
        var read = new OptimizerState(Parameter) { Step = step };
        for (int i = 0; i < Slots; i++)
        {
            if (!reader.ReadBoolean())
                continue;
            foreach (ref float value in read.Memory(i, 0, count))
                value = reader.ReadSingle();
        }
        return read;
    }

    /// <summary>Copies the state of a parameter of the same length.</summary>
    internal void Take(OptimizerState other)
    {
        Step = other.Step;
        _memory = [.. other._memory.Select(array => (float[]?)array?.Clone())];
    }
}
