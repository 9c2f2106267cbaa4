using FsCheck;
using FsCheck.Fluent;
using NetMQ;
using NetMQ.Core;
using NetMQ.Core.Wire;

namespace Bridge.Fuzz.Targets;

/// <summary>A peer's bytes: greeting, handshake, frames, commands. Whatever the pieces in which they arrive, they must be understood alike.</summary>
internal sealed class FrameTarget : FuzzTarget
{
    private const int MostFrame = 1 << 20;

    public override string Name => "frames";

    public override IReadOnlyList<string> Words => ["\u0005READY", "\u0005HELLO", "\u0007WELCOME", "\bINITIATE", "\u0005ERROR", "\u0004PING", "\u0004PONG", "\tSUBSCRIBE", "Socket-Type", "Identity", "DEALER", "ROUTER", "NULL", "PLAIN"];

    public override Gen<byte[]> Valid
        => from bodies in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ArrayOf()
           from size in Gen.Elements(0, 1, 254, 255, 256, 5000)
           select (byte[])
           [
               .. Greeting.Build(Handshake.Null, asServer: false), .. Command.Encode("READY", new Metadata("DEALER", [1, 2]).Encode()),
               .. bodies.SelectMany((body, i) => FrameCodec.Encode((byte)(i % 2), body)), .. FrameCodec.Encode(0, new byte[size]), .. Command.Ping(10),
           ];

    public override string? Read(byte[] input)
    {
        string? whole = Take(input, input.Length + 1, out int frames);
        string? pieces = Take(input, 1 + (input.Length % 61), out int framesInPieces);
        return whole == pieces && frames == framesInPieces
            ? whole
            : throw new FuzzFailure($"whole: {frames} frames, '{whole}'; in pieces: {framesInPieces} frames, '{pieces}'");
    }

    private static string? Take(byte[] input, int piece, out int frames)
    {
        var decoder = new FrameDecoder { MaxFrameBytes = MostFrame };
        var handshake = Handshake.For(new SocketOptions(), NetMQ.Core.SocketType.Router);
        bool greeted = false;
        frames = 0;
        try
        {
            for (int at = 0; at < input.Length;)
            {
                Span<byte> free = decoder.Free;
                int count = Math.Min(Math.Min(piece, free.Length), input.Length - at);
                input.AsSpan(at, count).CopyTo(free);
                decoder.Advance(count);
                at += count;
                if (!greeted)
                {
                    if (Greeting.Check(decoder.Buffered, Handshake.Null, asServer: true) is { } bad)
                        return bad;
                    if (decoder.Buffered.Length < Greeting.Size)
                        continue;
                    decoder.Skip(Greeting.Size);
                    greeted = true;
                }
                if (Decode(decoder, handshake, ref frames) is { } fault)
                    return fault;
            }
            return null;
        }
        finally
        {
            decoder.Release();
        }
    }

    private static string? Decode(FrameDecoder decoder, Handshake handshake, ref int frames)
    {
        while (true)
        {
            switch (decoder.TryRead(out byte flags, out byte[] body))
            {
                case DecodeResult.NeedMore:
                    return null;
                case DecodeResult.Fault:
                    return decoder.Fault;
            }
            frames++;
            bool isCommand = (flags & FrameCodec.Command) != 0;
            if (!handshake.Done)
            {
                if (!isCommand)
                    return "a message came before the handshake was over";
                handshake.OnCommand(body);
                if (handshake.Fault is { } fault)
                    return fault;
            }
            else if (isCommand && !Command.TryParse(body, out _, out _))
            {
                return "a command has no name";
            }
        }
    }
}
