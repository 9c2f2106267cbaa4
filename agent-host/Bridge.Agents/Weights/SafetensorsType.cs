namespace Bridge.Agents.Weights;

/// <summary>The element types that Bridge reads and writes, under the names of the format; the others (F16, BF16, F64, …) are refused.</summary>
internal enum SafetensorsType
{
    F32,
    I64,
    Bool,
}

internal static class SafetensorsTypes
{
    private static readonly string[] Names = ["F32", "I64", "BOOL"];

    public static string Name(this SafetensorsType type) => Names[(int)type];

    /// <summary>Bytes of one element.</summary>
    public static int Size(this SafetensorsType type) => type switch
    {
        SafetensorsType.F32 => sizeof(float),
        SafetensorsType.I64 => sizeof(long),
        _ => sizeof(byte),
    };

    public static bool TryParse(string name, out SafetensorsType type)
    {
        int index = Array.IndexOf(Names, name);
        type = (SafetensorsType)Math.Max(index, 0);
        return index >= 0;
    }
}
