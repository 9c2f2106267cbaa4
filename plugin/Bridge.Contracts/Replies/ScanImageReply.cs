using System.Runtime.InteropServices;
using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>
/// Rows of a completed image. Three binary frames: the image and the uncertainty as floats, low byte first, and between them the mask, a byte a
/// pixel: 1 where it was read, 0 where the value is only a guess.
/// </summary>
/// <param name="Session">Name of the session.</param>
/// <param name="Width">Pixels of the whole image.</param>
/// <param name="Height">Pixels of the whole image.</param>
/// <param name="Row">First row in this answer.</param>
/// <param name="Rows">Rows in this answer.</param>
public sealed record ScanImageReply(string Session, int Width, int Height, int Row, int Rows) : Reply
{
    /// <summary>Most pixels in one answer, 600 KB: what waits for a client that does not read stays small.</summary>
    public const int MostPixels = 1 << 16;

    private const int Frames = 3;

    public override string Type => MessageTypes.ScanImage;

    /// <summary>Segments that the image was completed from.</summary>
    public int Segments { get; init; }

    /// <summary>Segments of the whole scan. With fewer the image is partial: interrupted, or not yet done.</summary>
    public int Of { get; init; }

    /// <summary>How the image was completed: <c>network</c>, <c>interpolation</c> where there are no weights, or <c>mean</c> where it is too large for both.</summary>
    public string Method { get; init; } = "";

    /// <summary>Where the image lies (MRC, and beside it a PNG); null if the host writes none.</summary>
    public string? File { get; init; }

    /// <summary>(rows, width): what was read, and guesses between, in the detector's unit.</summary>
    public ReadOnlyMemory<byte> ImageBytes { get; init; }

    /// <summary>(rows, width): 1 where something was read.</summary>
    public ReadOnlyMemory<byte> Mask { get; init; }

    /// <summary>(rows, width): expected error of each pixel in the detector's unit.</summary>
    public ReadOnlyMemory<byte> UncertaintyBytes { get; init; }

    /// <summary>False in a journal, which keeps that the image was given and not its pixels.</summary>
    public bool HasPixels => Mask.Length > 0;

    private protected override IReadOnlyList<byte[]> BinaryFrames => HasPixels ? [ImageBytes.ToArray(), Mask.ToArray(), UncertaintyBytes.ToArray()] : [];

    /// <summary>Floats as they travel.</summary>
    public static ReadOnlyMemory<byte> ToBytes(ReadOnlySpan<float> values)
    {
        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < bytes.Length; i += sizeof(float))
                bytes.AsSpan(i, sizeof(float)).Reverse();
        }
        return bytes;
    }

    /// <summary>Floats that travelled.</summary>
    public static float[] ToFloats(ReadOnlyMemory<byte> bytes)
    {
        float[] values = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            values[i] = System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[(i * sizeof(float))..]);
        return values;
    }

    private protected override void Write(JObject json)
    {
        json["session"] = Session;
        json["width"] = Width;
        json["height"] = Height;
        json["row"] = Row;
        json["rows"] = Rows;
        json["segments"] = Segments;
        json["of"] = Of;
        json["method"] = Method;
        ContractJson.WriteUnlessEmpty(json, "file", File);
    }

    internal static ScanImageReply Read(Fields fields, IReadOnlyList<byte[]> binary)
    {
        int width = fields.Integer("width", BeginScanRequest.LeastSize, BeginScanRequest.MostSize), height = fields.Integer("height", BeginScanRequest.LeastSize, BeginScanRequest.MostSize);
        int row = fields.Integer("row", 0, height - 1), rows = fields.Integer("rows", 1, height - row), pixels = rows * width;
        if (binary.Count != 0 && (binary.Count != Frames || binary[0].Length != pixels * sizeof(float) || binary[1].Length != pixels || binary[2].Length != pixels * sizeof(float)))
            throw new ContractException(FaultCode.BadFrame, $"scan_image: {rows} rows of {width} px are frames of {pixels * sizeof(float)}, {pixels} and {pixels * sizeof(float)} bytes, got {string.Join(", ", binary.Select(frame => frame.Length))}");
        return new ScanImageReply(fields.Id("session"), width, height, row, rows)
        {
            Segments = fields.Integer("segments", 0, ScanBegunReply.MostPositions),
            Of = fields.Integer("of", 1, ScanBegunReply.MostPositions),
            Method = fields.OptionalText("method", 64) ?? "",
            File = fields.OptionalText("file", 4096),
            ImageBytes = binary.Count == 0 ? default : binary[0],
            Mask = binary.Count == 0 ? default : binary[1],
            UncertaintyBytes = binary.Count == 0 ? default : binary[2],
        };
    }
}
