namespace Bridge.Domain.Images;

/// <summary>LZW as TIFF has it (TIFF 6.0, section 13): codes of 9 to 12 bits, the high bit first, each width used one code early.</summary>
internal static class Lzw
{
    private const int Clear = 256, End = 257, First = 258, MostCodes = 4096;

    /// <returns>False if the packed bytes are damaged or too few for <paramref name="raw"/>.</returns>
    public static bool Expand(ReadOnlySpan<byte> packed, Span<byte> raw)
    {
        // An entry is a piece of what was already written: the entry before, and one byte more.
        int[] starts = new int[MostCodes], lengths = new int[MostCodes];
        int done = 0, next = First, width = 9, before = -1, bits = 0, held = 0;
        foreach (byte value in packed)
        {
            (held, bits) = ((held << 8 | value) & 0xFFFFFF, bits + 8);
            if (bits < width)
                continue;
            bits -= width;
            int code = held >> bits & (1 << width) - 1;
            if (code == End)
                break;
            if (code == Clear)
            {
                (next, width, before) = (First, 9, -1);
                continue;
            }
            // The entry that is just being made may be used at once: the one before with its own first byte.
            if (code >= First && (before < 0 || code > next || code == next && next == MostCodes || code < next && lengths[code] == 0))
                return false;
            int start = done;
            if (before >= 0 && next < MostCodes)
            {
                lengths[next] = (before < Clear ? 1 : lengths[before]) + 1;
                starts[next] = done - lengths[next] + 1;
                next++;
            }
            int length = code < Clear ? 1 : lengths[code];
            if (code < Clear)
            {
                if (done < raw.Length)
                    raw[done] = (byte)code;
            }
            else
            {
                for (int i = 0; i < length && done + i < raw.Length; i++)
                    raw[done + i] = raw[starts[code] + i];
            }
            done = start + length;
            if (done >= raw.Length)
                return true;
            before = code;
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
        }
        return done >= raw.Length;
    }
}
