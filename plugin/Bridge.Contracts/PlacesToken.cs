using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>A list of places in a message that is to be written: one flat list, four numbers a target, without a token for each (see
/// <see cref="PlacesReader"/>).</summary>
internal sealed class PlacesToken(IReadOnlyList<(int Item, StageUm Stage)> places) : JRaw(Flat(places))
{
    /// <summary>Writes numbers only; the attributes are those of the method that it replaces.</summary>
    [RequiresUnreferencedCode("as JValue.WriteTo")]
    [RequiresDynamicCode("as JValue.WriteTo")]
    public override void WriteTo(JsonWriter writer, params JsonConverter[] converters)
    {
        ReadOnlySpan<double> numbers = PlacesReader.Numbers((byte[])Value!);
        writer.WriteStartArray();
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i % 4 == 0)
                writer.WriteValue((int)numbers[i]);
            else
                writer.WriteValue(numbers[i]);
        }
        writer.WriteEndArray();
    }

    private static byte[] Flat(IReadOnlyList<(int Item, StageUm Stage)> places)
    {
        byte[] bytes = new byte[places.Count * 4 * sizeof(double)];
        Span<double> numbers = MemoryMarshal.Cast<byte, double>(bytes.AsSpan());
        for (int i = 0; i < places.Count; i++)
        {
            (int item, StageUm stage) = places[i];
            (numbers[4 * i], numbers[4 * i + 1], numbers[4 * i + 2], numbers[4 * i + 3]) = (item, stage.X, stage.Y, stage.Z);
        }
        return bytes;
    }
}
