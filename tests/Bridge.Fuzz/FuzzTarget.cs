using FsCheck;

namespace Bridge.Fuzz;

/// <summary>One reader of outside input, and what valid input for it looks like.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name on the command line and in the table; a folder of that name in <c>corpus</c> holds what broke it once.</summary>
    public abstract string Name { get; }

    /// <summary>Longest input that is tried, in bytes.</summary>
    public virtual int MostBytes => 16 << 10;

    /// <summary>More memory than this, allocated by one execution, is a finding; in bytes.</summary>
    public virtual long MostMemory => 64L << 20;

    /// <summary>Words of the format, which are put in and swapped.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>Input that is valid by construction and must be accepted.</summary>
    public abstract Gen<byte[]> Valid { get; }

    /// <summary>Reads the input whole, and does with the result what the program would; where the format can be written, what is written must be read the same.</summary>
    /// <returns>Null if it was accepted, else the refusal. Only the exceptions that the reader's documentation names count as one.</returns>
    /// <exception cref="FuzzFailure">It was read, but wrongly.</exception>
    public abstract string? Read(byte[] input);

    /// <summary>Makes check sums and lengths right again after a change, so that the change gets beyond them.</summary>
    public virtual byte[] Mend(byte[] input) => input;
}
