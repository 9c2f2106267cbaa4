namespace Bridge.Domain.Images;

/// <summary>CRC-32 as PNG uses it (ISO 3309): of <c>123456789</c> it is <c>cbf43926</c>.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <param name="before">Of what came before; 0 to begin.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        foreach (byte value in bytes)
            crc = crc >> 8 ^ Table[(byte)(crc ^ value)];
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
                entry = entry >> 1 ^ ((entry & 1) == 0 ? 0 : 0xEDB88320);
            table[i] = entry;
        }
        return table;
    }
}
