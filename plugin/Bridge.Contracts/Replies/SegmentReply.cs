using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>The answer to "which segment next?". Position k of it, from 0, is at start + k·sqrt(2)·(cos, sin) of the direction.</summary>
/// <param name="Kind">Go on, or done.</param>
/// <param name="Why">One sentence for a person.</param>
public sealed record SegmentReply(SegmentKind Kind, string Why) : Reply
{
    private static readonly string[] KindNames = ["go_on", "done"];

    public override string Type => MessageTypes.Segment;

    /// <summary>Number of the segment, from 1; when done, how many there were.</summary>
    public int Number { get; init; }

    /// <summary>First position in pixels; 0 is the middle of the first pixel, x grows to the right.</summary>
    public double X { get; init; }

    /// <summary>First position in pixels; y grows downwards, with the rows of the image.</summary>
    public double Y { get; init; }

    /// <summary>Radians from the x axis towards the y axis, -pi to pi.</summary>
    public double DirectionRad { get; init; }

    /// <summary>The segment after this one, if it is decided already: then it may be scanned at once, and its values follow those of this one. Null if it is not, or there is none.</summary>
    public (double X, double Y, double DirectionRad)? Ahead { get; init; }

    /// <summary>When done: where the completed image lies (MRC, and beside it a PNG); null if the host wrote none.</summary>
    public string? File { get; init; }

    private protected override void Write(JObject json)
    {
        json["kind"] = KindNames[(int)Kind - 1];
        json["why"] = Why;
        json["number"] = Number;
        json["x"] = X;
        json["y"] = Y;
        json["direction_rad"] = DirectionRad;
        if (Ahead is { } ahead)
            json["ahead"] = new JObject { ["x"] = ahead.X, ["y"] = ahead.Y, ["direction_rad"] = ahead.DirectionRad };
        ContractJson.WriteUnlessEmpty(json, "file", File);
    }

    internal static SegmentReply Read(Fields fields) => new((SegmentKind)(fields.OneOf("kind", KindNames) + 1), fields.OptionalText("why", 4096) ?? "")
    {
        Number = fields.Integer("number", 0, ScanBegunReply.MostPositions),
        X = Place(fields, "x"),
        Y = Place(fields, "y"),
        DirectionRad = Direction(fields),
        Ahead = fields.OptionalObject("ahead") is { } ahead ? ReadAhead(new Fields("ahead", ahead)) : null,
        File = fields.OptionalText("file", 4096),
    };

    private static (double X, double Y, double DirectionRad) ReadAhead(Fields fields) => (Place(fields, "x"), Place(fields, "y"), Direction(fields));

    private static double Place(Fields fields, string name) => fields.Number(name, -BeginScanRequest.MostSize, 2 * BeginScanRequest.MostSize);

    private static double Direction(Fields fields) => fields.Number("direction_rad", -7, 7);
}
