using System.Runtime.InteropServices;
using System.Text;

namespace Bridge.SerialEM;

/// <summary>Texts that go to and come from SerialEM: 8-bit, ending with a zero.</summary>
internal static unsafe class NativeText
{
    /// <summary>Texts lent to SerialEM stay valid for so many more; it copies a text as soon as it has it.</summary>
    private const int Lendings = 16;

    private static readonly nint[] Lent = new nint[Lendings];
    private static readonly Lock Gate = new();
    private static int s_next;

    /// <summary>The plugin's name; valid for ever.</summary>
    public static byte* PluginName { get; } = (byte*)Allocate(PluginFunctions.PluginName);

    private static readonly nint[] Names = [.. PluginFunctions.All.Select(function => Allocate(function.Name))];

    /// <summary>Name of a function by its place in the table; valid for ever.</summary>
    public static byte* FunctionName(int index) => (byte*)Names[index];

    /// <summary>Reads a text in the system's 8-bit encoding, as far as <see cref="PluginHost.MaxText"/> allows and one character more, so that
    /// the limit is seen to be passed. Null stays null.</summary>
    public static string? Read(byte* text)
    {
        if (text is null)
            return null;
        // Byte by byte: nothing behind the zero may be touched.
        int length = 0;
        while (length <= PluginHost.MaxText && text[length] != 0)
            length++;
        return Marshal.PtrToStringAnsi((nint)text, length);
    }

    /// <summary>Hands out a text; plain ASCII, which looks the same in every version of SerialEM.</summary>
    public static byte* Lend(string text)
    {
        lock (Gate)
        {
            ref nint place = ref Lent[s_next++ % Lendings];
            NativeMemory.Free((void*)place);
            place = Allocate(text);
            return (byte*)place;
        }
    }

    internal static string ToAscii(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                'Å' => ascii.Append('A'),
                'µ' or 'μ' => ascii.Append('u'),
                '…' => ascii.Append("..."),
                '–' or '—' => ascii.Append('-'),
                '²' => ascii.Append("^2"),
                '\r' or '\n' or '\t' => ascii.Append(' '),
                < ' ' or > '~' => ascii.Append('?'),
                _ => ascii.Append(c),
            };
        }
        return ascii.ToString();
    }

    private static nint Allocate(string text)
    {
        string ascii = ToAscii(text);
        byte* memory = (byte*)NativeMemory.Alloc((nuint)ascii.Length + 1);
        for (int i = 0; i < ascii.Length; i++)
            memory[i] = (byte)ascii[i];
        memory[ascii.Length] = 0;
        return (nint)memory;
    }
}
