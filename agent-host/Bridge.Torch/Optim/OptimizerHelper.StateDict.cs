namespace TorchSharp.Modules;

public abstract partial class OptimizerHelper
{
    private const string Signature = "Bridge optimiser 1";

    /// <summary>The settings of each group and the state of each parameter, not copies of them.</summary>
    public virtual StateDictionary state_dict()
    {
        var all = new StateDictionary();
        all.Options.AddRange(_groups.Select(group => group.Options));
        all.State.AddRange(_states.SelectMany(states => states));
        return all;
    }

    /// <summary>Copies what another optimiser of this kind, over parameters of the same lengths in the same order, had in its state_dict().</summary>
    /// <exception cref="ArgumentException">The groups or parameters are others. Nothing is changed then.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count || state_dict.State.Count != own.State.Count)
            throw new ArgumentException($"{_name}: the state is of {state_dict.Options.Count} groups with {state_dict.State.Count} parameters; here there are {own.Options.Count} with {own.State.Count}", nameof(state_dict));
        for (int i = 0; i < own.Options.Count; i++)
            if (own.Options[i].GetType() != state_dict.Options[i].GetType())
                throw new ArgumentException($"{_name}: the state has {state_dict.Options[i].GetType()} for {own.Options[i].GetType()}: it is of another optimiser", nameof(state_dict));
        for (int i = 0; i < own.State.Count; i++)
            if (own.State[i].Parameter.Count != state_dict.State[i].Parameter.Count)
                throw new ArgumentException($"{_name}: the state of parameter {i} is of shape {state_dict.State[i].Parameter.Text}; here it is {own.State[i].Parameter.Text}", nameof(state_dict));
        SetOptions([.. state_dict.Options.Select(options => options.Values)]);
        for (int i = 0; i < own.State.Count; i++)
            own.State[i].Take(state_dict.State[i]);
    }

    /// <summary>Writes settings and state to a file, in a format of our own. An existing file is overwritten.</summary>
    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        StateDictionary all = state_dict();
        writer.Write(Signature);
        writer.Write(_name);
        writer.Write(all.Options.Count);
        writer.Write(all.State.Count);
        foreach (OptimizerOptions options in all.Options)
            foreach (double value in options.Values)
                writer.Write(value);
        foreach (OptimizerState state in all.State)
            state.Write(writer);
    }

    /// <summary>Reads what <see cref="save_state_dict(string)"/> wrote, to go on with a training. The weights are not in it: load those too.</summary>
    /// <exception cref="InvalidDataException">It is no such file, is cut short, goes on behind its end, or is of other parameters. Nothing is changed then.</exception>
    public void load_state_dict(string location)
    {
        using FileStream file = File.OpenRead(location);
        using var reader = new BinaryReader(file);
        Action apply = Read(reader);
        if (file.Position != file.Length)
            throw new InvalidDataException($"{_name}: {location} goes on for {file.Length - file.Position} bytes behind the state of this optimiser; it is of another one or damaged");
        apply();
    }

    /// <inheritdoc cref="load_state_dict(string)"/>
    public void load_state_dict(BinaryReader reader) => Read(reader)();

    /// <summary>Reads all of it into new arrays, no longer than this optimiser's own; what is returned puts them in place.</summary>
    private Action Read(BinaryReader reader)
    {
        try
        {
            if (reader.ReadString() != Signature)
                throw new InvalidDataException($"{_name}: this is not the state of an optimiser as save_state_dict writes it");
            string name = reader.ReadString();
            if (name != _name)
                throw new InvalidDataException($"{_name}: this is the state of the optimiser {name}");
            StateDictionary own = state_dict();
            (int groups, int parameters) = (reader.ReadInt32(), reader.ReadInt32());
            if (groups != own.Options.Count || parameters != own.State.Count)
                throw new InvalidDataException($"{_name}: the state is of {groups} groups with {parameters} parameters; here there are {own.Options.Count} with {own.State.Count}");
            double[][] options = [.. own.Options.Select(mine => mine.Values.Select(_ => reader.ReadDouble()).ToArray())];
            OptimizerState[] states = [.. own.State.Select(mine => mine.Read(reader, _name))];
            return () =>
            {
                SetOptions(options);
                for (int i = 0; i < states.Length; i++)
                    own.State[i].Take(states[i]);
            };
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or System.Text.DecoderFallbackException)
        {
            throw new InvalidDataException($"{_name}: the state ends too early or is damaged; save it again", e);
        }
    }

    /// <summary>Sets the settings of all groups, or, where one is out of range, of none.</summary>
    private void SetOptions(double[][] values)
    {
        double[][] before = [.. _groups.Select(group => group.Options.Values)];
        try
        {
            for (int i = 0; i < values.Length; i++)
            {
                _groups[i].Options.Values = values[i];
                CheckSettings(_groups[i]);
            }
        }
        catch (ArgumentException e)
        {
            for (int i = 0; i < before.Length; i++)
                _groups[i].Options.Values = before[i];
            throw new InvalidDataException($"{_name}: a setting in the state is out of its range: {e.Message}", e);
        }
    }
}
