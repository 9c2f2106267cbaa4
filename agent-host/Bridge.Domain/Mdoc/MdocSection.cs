using System.Globalization;
using Bridge.Contracts;
using Bridge.Domain.Autodoc;

namespace Bridge.Domain.Mdoc;

/// <summary>What SerialEM wrote of one image: a typed view of a section. What is missing or cannot be read is null, never a guess.</summary>
public sealed class MdocSection
{
    private static readonly string[] DateForms = ["dd-MMM-yy  HH:mm:ss", "dd-MMM-yyyy  HH:mm:ss"];

    internal MdocSection(AdocSection section) => Section = section;

    /// <summary>All of it, with the keys that have no property here.</summary>
    public AdocSection Section { get; }

    /// <summary>Number of the section (Z) or of the frame set, from 0; null for an <c>[Image = …]</c>, which has a name.</summary>
    public int? Number => int.TryParse(Section.Name, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    public double? TiltAngleDeg => Section.Number("TiltAngle");

    /// <summary>Stage position: X and Y of <c>StagePosition</c> with <c>StageZ</c>, or 0 if that is missing; null without X and Y.</summary>
    public StageUm? Stage
    {
        get
        {
            Span<double> xy = stackalloc double[2];
            return Section.Numbers("StagePosition", xy) == 2 ? new StageUm(xy[0], xy[1], Section.Number("StageZ") ?? 0) : null;
        }
    }

    public double? Magnification => Section.Number("Magnification");

    /// <summary>Pixel size in Å.</summary>
    public double? PixelSpacingA => Section.Number("PixelSpacing");

    public double? DefocusUm => Section.Number("Defocus");

    public double? TargetDefocusUm => Section.Number("TargetDefocus");

    public double? ExposureTimeS => Section.Number("ExposureTime");

    /// <summary>Dose in e/Å²; 0 if SerialEM had no calibration.</summary>
    public double? ExposureDoseEPerA2 => Section.Number("ExposureDose");

    public double? RotationAngleDeg => Section.Number("RotationAngle");

    public double? Binning => Section.Number("Binning");

    /// <summary>Image shift, X and Y, in µm.</summary>
    public (double X, double Y)? ImageShiftUm
    {
        get
        {
            Span<double> xy = stackalloc double[2];
            return Section.Numbers("ImageShift", xy) == 2 ? (xy[0], xy[1]) : null;
        }
    }

    /// <summary>Least, largest and mean pixel value.</summary>
    public (double Min, double Max, double Mean)? MinMaxMean
    {
        get
        {
            Span<double> values = stackalloc double[3];
            return Section.Numbers("MinMaxMean", values) == 3 ? (values[0], values[1], values[2]) : null;
        }
    }

    /// <summary>Corner of a montage piece in pixels, and its Z.</summary>
    public (int X, int Y, int Z)? PieceCoordinates
    {
        get
        {
            Span<double> values = stackalloc double[3];
            return Section.Numbers("PieceCoordinates", values) == 3 && !values.ContainsAnyExceptInRange(int.MinValue, int.MaxValue)
                ? ((int)values[0], (int)values[1], (int)values[2])
                : null;
        }
    }

    public string? SubFramePath => Section["SubFramePath"];

    public int? NumSubFrames => Section.Integer("NumSubFrames");

    /// <summary>Label of the Navigator item at which it was taken.</summary>
    public string? NavigatorLabel => Section["NavigatorLabel"];

    /// <summary>When it was taken, by the clock of that computer.</summary>
    public DateTime? DateTime => System.DateTime.TryParseExact(Section["DateTime"], DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time : null;
}
