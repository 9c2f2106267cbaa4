using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Autodoc;
using Bridge.Domain.Mdoc;
using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Fuzz.Targets;

/// <summary>.mdoc files. A value that is put in and written must be read back.</summary>
internal sealed class MdocTarget : FuzzTarget
{
    private static readonly string[] s_keys = ["TiltAngle", "StagePosition", "Magnification", "Defocus", "PixelSpacing", "NavigatorLabel", "SubFramePath", "DateTime", "MinMaxMean", "ExposureTime"];

    public override string Name => "mdoc";

    public override IReadOnlyList<string> Words => ["[ZValue = ", "[FrameSet = ", "[Image = ", "[MontSection = ", "[T = ", "]", " = ", "Montage = 1\n", "Voltage = ", "ImageFile = ", "<mdoc>", "</mdoc>", "<ZValue name=\"0\">", "\r", "\n\n", "#", "\0"];

    public override Gen<byte[]> Valid
        => from sections in Gen.Elements(s_keys).ArrayOf().ArrayOf().Where(sections => sections.Length > 0)
           from number in Gen.Choose(-1_000_000, 1_000_000)
           select Encoding.ASCII.GetBytes("PixelSpacing = 1.05\nVoltage = 300\nImageFile = a.mrc\n\n[T = fuzz]\n\n"
               + string.Concat(sections.Select((keys, i) => $"[ZValue = {i}]\n{string.Concat(keys.Distinct().Select(key => $"{key} = {number / 1000.0}\n"))}\n")));

    public override string? Read(byte[] input)
    {
        try
        {
            MdocFile file = MdocFile.Parse("fuzz.mdoc", input);
            _ = (file.VoltageKv, file.IsMontage, file.ImageFile);
            AdocSection section = file.Document.Sections[0];
            section.Set("Bridge", "37.5");
            MdocFile again = MdocFile.Parse("again.mdoc", file.ToBytes());
            return again.Document.Sections.Count == file.Document.Sections.Count && again.Document.Sections[0].Number("Bridge") == 37.5
                ? null
                : throw new FuzzFailure($"{file.Document.Sections.Count} sections written, {again.Document.Sections.Count} read; the value is {again.Document.Sections[0]["Bridge"]}");
        }
        catch (ContractException e)
        {
            return e.Message;
        }
    }
}
