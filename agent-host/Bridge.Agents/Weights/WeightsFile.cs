using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Weights;

/// <summary>Weights in safetensors files, with a block of metadata: names and texts, such as the seed, the data and the commit of a training run.</summary>
public static class WeightsFile
{
    /// <summary>Largest file that is read unless the caller says otherwise: 1 GiB.</summary>
    public const long DefaultMaxBytes = 1L << 30;

    /// <summary>Writes tensors (Float32, Int64, Bool; on the CPU) to a file, whole or not at all: a temporary file beside it takes its name at the end.</summary>
    /// <param name="state">Names and values, such as a module's state_dict().</param>
    /// <param name="metadata">Texts by name.</param>
    /// <exception cref="ArgumentException">A tensor's type is another one; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one, if any, is as it was.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, string>? metadata = null)
    {
        List<SafetensorsEntry> entries = SafetensorsHeaderWriter.Place(state.Select(pair => (pair.Key, TypeOf(pair.Key, pair.Value), pair.Value.shape)));
        byte[] header = SafetensorsHeaderWriter.Write(entries, metadata ?? new Dictionary<string, string>());
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(header);
                foreach (SafetensorsEntry entry in entries)
                    Write(stream, state[entry.Name]);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Puts the values of a file into a module's parameters and buffers of the same names. What does not fit is found before anything is changed.</summary>
    /// <param name="strict">Refuse names that only one side has.</param>
    /// <param name="maxBytes">Largest file to read.</param>
    /// <returns>The metadata.</returns>
    /// <exception cref="InvalidDataException">It is no safetensors file, damaged, too large or for another module; the message names file, size and tensor.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(string path, nn.Module module, bool strict = true, long maxBytes = DefaultMaxBytes)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path, maxBytes);
        Dictionary<string, Tensor> state = module.state_dict();
        Check(file, state, strict);
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> values = ReadTensors(file, file.Header.Entries.Values.Where(entry => state.ContainsKey(entry.Name)));
        module.load_state_dict(values, strict);
        return file.Header.Metadata;
    }

    /// <summary>The tensors of a file, which belong to the caller, and its metadata.</summary>
    /// <exception cref="InvalidDataException">As for Load.</exception>
    public static (Dictionary<string, Tensor> State, IReadOnlyDictionary<string, string> Metadata) Read(string path, long maxBytes = DefaultMaxBytes)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path, maxBytes);
        return (ReadTensors(file, file.Header.Entries.Values), file.Header.Metadata);
    }

    /// <summary>The metadata alone.</summary>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path, long maxBytes = DefaultMaxBytes)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path, maxBytes);
        return file.Header.Metadata;
    }

    private static void Check(SafetensorsFile file, Dictionary<string, Tensor> state, bool strict)
    {
        foreach (SafetensorsEntry entry in file.Header.Entries.Values)
        {
            if (!state.TryGetValue(entry.Name, out Tensor? own))
            {
                if (strict)
                    throw file.Error(new InvalidDataException($"tensor '{entry.Name}' ({entry.Kind}) is not in the module: the file is for another one"));
            }
            else if (TypeOf(entry.Name, own) != entry.Type || !own.shape.AsSpan().SequenceEqual(entry.Shape))
                throw file.Error(new InvalidDataException($"tensor '{entry.Name}' is {entry.Kind}, the module's is {TypeOf(entry.Name, own).Name()} [{string.Join(", ", own.shape)}]"));
        }
        if (strict && state.Keys.FirstOrDefault(name => !file.Header.Entries.ContainsKey(name)) is string missing)
            throw file.Error(new InvalidDataException($"tensor '{missing}' of the module is not in the file"));
    }

    private static Dictionary<string, Tensor> ReadTensors(SafetensorsFile file, IEnumerable<SafetensorsEntry> entries)
    {
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            foreach (SafetensorsEntry entry in entries)
            {
                Tensor tensor = empty(entry.Shape, dtype: TypeOf(entry.Type));
                tensors.Add(entry.Name, tensor);
                file.Read(entry, tensor.bytes);
                if (entry.Type == SafetensorsType.Bool && tensor.bytes.IndexOfAnyExceptInRange((byte)0, (byte)1) is int place and >= 0)
                    throw file.Error(new InvalidDataException($"tensor '{entry.Name}' ({entry.Kind}) has byte {tensor.bytes[place]} at {place}, where 0 or 1 belongs"));
            }
            return tensors;
        }
        catch
        {
            foreach (Tensor tensor in tensors.Values)
                tensor.Dispose();
            throw;
        }
    }

    private static void Write(Stream stream, Tensor tensor)
    {
        using IDisposable noGrad = no_grad();
        using Tensor dense = tensor.detach().contiguous();
        stream.Write(dense.bytes);
    }

    private static SafetensorsType TypeOf(string name, Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => SafetensorsType.F32,
        ScalarType.Int64 => SafetensorsType.I64,
        ScalarType.Bool => SafetensorsType.Bool,
        _ => throw new ArgumentException($"tensor '{name}' is {tensor.dtype}; Float32, Int64 and Bool are written"),
    };

    private static ScalarType TypeOf(SafetensorsType type) => type switch
    {
        SafetensorsType.F32 => ScalarType.Float32,
        SafetensorsType.I64 => ScalarType.Int64,
        _ => ScalarType.Bool,
    };
}
