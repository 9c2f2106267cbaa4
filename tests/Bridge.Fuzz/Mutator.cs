using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Bridge.Fuzz;

/// <summary>Damages input as bytes, as numbers, as lines and as words of its format: one to eight changes at a time.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> words, int mostBytes)
{
    private static readonly long[] s_numbers = [0, 1, -1, 2, 7, 8, 16, 127, 128, 255, 256, 1023, 32767, 32768, 65535, 65536, 1 << 20, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];
    private static readonly string[] s_texts = ["0", "-1", "1", "-0.0", "1e308", "1e999", "-1e999", "NaN", "Infinity", "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999", "0.1", "1.5", "1e-320", "", " ", "\"", "\\u0000", "\u00e9", "\U0001F52C"];

    private readonly byte[][] _words = [.. words.Concat(s_texts).Select(Encoding.UTF8.GetBytes)];

    /// <param name="other">Another input, a part of which may be put in.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input.Length + 64);
        bytes.AddRange(input);
        for (int changes = 1 + random.Next(random.Next(1, 9)); changes > 0; changes--)
            Change(bytes, other);
        if (bytes.Count > mostBytes)
            bytes.RemoveRange(mostBytes, bytes.Count - mostBytes);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1), left = bytes.Count - at, length = Math.Min(left, 1 + random.Next(random.Next(1, 64)));
        switch (random.Next(12))
        {
            case 0 when left > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when left > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, _words[random.Next(_words.Length)]);
                break;
            case 5:
                Overwrite(bytes, at);
                break;
            case 6 when other.Length > 0:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 1 + random.Next(256))]);
                break;
            case 7:
                ReplaceNumber(bytes, at);
                break;
            case 8 when random.Next(4) == 0:
                bytes.RemoveRange(at, left);
                break;
            case 9:
                ChangeLine(bytes, at);
                break;
            case 10 when other.Length > 0 && random.Next(4) == 0:
                bytes.RemoveRange(at, left);
                bytes.AddRange(other.AsSpan(Math.Min(at, other.Length)));
                break;
            default:
                for (int i = at; i < at + length; i++)
                    bytes[i] = (byte)random.Next(256);
                break;
        }
    }

    /// <summary>A binary number of 1 to 8 bytes, of either byte order.</summary>
    private void Overwrite(List<byte> bytes, int at)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        long value = random.Next(4) == 0 ? random.Next(-64, 64) : s_numbers[random.Next(s_numbers.Length)];
        int size = 1 << random.Next(4);
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            number = number[..size];
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number = number[^size..];
        }
        for (int i = 0; i < size && at + i < bytes.Count; i++)
            bytes[at + i] = number[i];
    }

    /// <summary>The next number that is written in digits gets another value.</summary>
    private void ReplaceNumber(List<byte> bytes, int at)
    {
        int start = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
        if (start < 0)
            return;
        int end = start;
        while (end < bytes.Count && bytes[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'.')
            end++;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, random.Next(2) == 0
            ? _words[random.Next(_words.Length)]
            : Encoding.ASCII.GetBytes(s_numbers[random.Next(s_numbers.Length)].ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A whole line is lost or comes twice.</summary>
    private void ChangeLine(List<byte> bytes, int at)
    {
        int start = at == 0 ? 0 : bytes.LastIndexOf((byte)'\n', at - 1) + 1, end = bytes.IndexOf((byte)'\n', at) + 1;
        if (end <= start)
            end = bytes.Count;
        List<byte> line = bytes.GetRange(start, end - start);
        if (random.Next(2) == 0)
            bytes.RemoveRange(start, line.Count);
        else
            bytes.InsertRange(random.Next(2) == 0 ? start : random.Next(bytes.Count + 1), line);
    }
}
