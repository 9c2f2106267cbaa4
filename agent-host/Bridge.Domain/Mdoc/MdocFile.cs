using Bridge.Contracts;
using Bridge.Domain.Autodoc;

namespace Bridge.Domain.Mdoc;

/// <summary>SerialEM's <c>.mdoc</c>: what it knows of the images in a stack, a montage or a frame file. What is not changed is written
/// back byte for byte.</summary>
public sealed class MdocFile
{
    private const string What = ".mdoc file";

    private MdocFile(AdocDocument document)
    {
        Document = document;
        Titles = [.. document.Global["T"] is { } title ? [title] : Array.Empty<string>(), .. document.Sections.Where(section => section.Type == "T").Select(section => section.Name)];
        Images = Of("ZValue");
        FrameSets = Of("FrameSet");
        NamedImages = Of("Image");
        Montages = Of("MontSection");
        Global = new MdocSection(document.Global);
    }

    public AdocDocument Document { get; }

    /// <summary>The entries before the first section, such as <c>PixelSpacing</c> for the whole file.</summary>
    public MdocSection Global { get; }

    /// <summary><c>[T = …]</c>, in older frame files <c>T = …</c>: the program, the microscope, the day, the tilt axis.</summary>
    public IReadOnlyList<string> Titles { get; }

    /// <summary><c>[ZValue = n]</c>: one an image of the stack, or a piece of the montage.</summary>
    public IReadOnlyList<MdocSection> Images { get; }

    /// <summary><c>[FrameSet = n]</c>: one a saved set of frames.</summary>
    public IReadOnlyList<MdocSection> FrameSets { get; }

    /// <summary><c>[Image = file]</c>: one an image in a series of single files.</summary>
    public IReadOnlyList<MdocSection> NamedImages { get; }

    /// <summary><c>[MontSection = n]</c>: one a montage, after its pieces.</summary>
    public IReadOnlyList<MdocSection> Montages { get; }

    /// <summary>The image file it belongs to, or null.</summary>
    public string? ImageFile => Document.Global["ImageFile"];

    public double? VoltageKv => Document.Global.Number("Voltage");

    public bool IsMontage => Document.Global.Integer("Montage") is not (null or 0);

    /// <exception cref="ContractException"><see cref="FaultCode.UnreadableFile"/> or <see cref="FaultCode.TooLarge"/>, with file and line.</exception>
    public static MdocFile Read(string path) => From(AdocDocument.Read(path, What));

    /// <inheritdoc cref="Read"/>
    public static MdocFile Parse(string file, byte[] bytes) => From(AdocDocument.Parse(file, bytes, What));

    public byte[] ToBytes() => Document.ToBytes();

    /// <inheritdoc cref="AdocDocument.Write"/>
    public void Write(string path) => Document.Write(path);

    private static MdocFile From(AdocDocument document)
    {
        var file = new MdocFile(document);
        if (file.Images.Count + file.FrameSets.Count + file.NamedImages.Count == 0)
            throw new ContractException(FaultCode.UnreadableFile, $"{document.File} line {document.LineCount}: the file ends without a section [ZValue = …], [FrameSet = …] or [Image = …], so it is cut short or no .mdoc file; copy it again");
        return file;
    }

    private List<MdocSection> Of(string type)
        => [.. Document.Sections.Where(section => section.Type == type).Select(section => new MdocSection(section))];
}
