using System.Buffers.Binary;
using System.Numerics;

namespace Bridge.Domain.Journal;

/// <summary>CRC-32C (Castagnoli, RFC 3720: reflected 0x82F63B78, start and final XOR 0xFFFFFFFF); of "123456789" it is E3069283.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
