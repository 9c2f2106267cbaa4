using System.Buffers.Binary;
using System.Text;
using Bridge.Agents.Weights;
using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Fuzz.Targets;

/// <summary>Weights: the header, and every tensor.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    public override string Name => "safetensors";

    public override IReadOnlyList<string> Words => ["\"dtype\":", "\"F32\"", "\"I64\"", "\"BOOL\"", "\"BF16\"", "\"shape\":", "\"data_offsets\":", "\"__metadata__\":", "[", "]", "{", "}", ",", "\\u0041", "\"a\":"];

    public override Gen<byte[]> Valid
        => from shapes in Gen.Choose(0, 5).Select(size => (long)size).ArrayOf().Where(shape => shape.Length < 4).ArrayOf()
           from text in Gen.Elements("", "seed 0", "\u00e9\"")
           select Make(shapes, text);

    public override byte[] Mend(byte[] input)
    {
        // The header's length, by where its JSON seems to end.
        int end = input.AsSpan().LastIndexOf("}}"u8) + 2;
        if (end < 10)
            return input;
        byte[] mended = [.. input];
        BinaryPrimitives.WriteInt64LittleEndian(mended, end - sizeof(long));
        return mended;
    }

    public override string? Read(byte[] input)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(new MemoryStream(input), "fuzz.safetensors", WeightsFile.DefaultMaxBytes);
            long bytes = 0;
            foreach (SafetensorsEntry entry in file.Header.Entries.Values)
            {
                byte[] values = new byte[entry.End - entry.Begin];
                file.Read(entry, values);
                bytes += values.Length;
            }
            return bytes <= input.Length ? null : throw new FuzzFailure($"{bytes} bytes of values from a file of {input.Length}");
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    private static byte[] Make(long[][] shapes, string text)
    {
        List<SafetensorsEntry> entries = SafetensorsHeaderWriter.Place(shapes.Select((shape, i) => ($"layer.{i}", i % 2 == 0 ? SafetensorsType.F32 : SafetensorsType.I64, shape)));
        byte[] header = SafetensorsHeaderWriter.Write(entries, new Dictionary<string, string> { ["about"] = text });
        long data = entries.Count == 0 ? 0 : entries.Max(entry => entry.End);
        return [.. header, .. new byte[data]];
    }
}
