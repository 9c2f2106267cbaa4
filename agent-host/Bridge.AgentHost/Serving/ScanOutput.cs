using System.Globalization;
using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Contracts;
using Bridge.Domain.Images;

namespace Bridge.AgentHost.Serving;

/// <summary>The image of one scan, as answers and as files. Completed again only when more was scanned.</summary>
/// <param name="file">Where the MRC goes, and beside it the PNG; null writes none.</param>
internal sealed class ScanOutput(PartialScan scan, HostScans scans, string? file)
{
    private CompletedScan? _image;
    private string _method = "";
    private byte[] _mask = [];
    private float[] _read = [];
    private int _segments = -1, _written = -1;

    /// <summary>Where the files lie; null before they were written, or if none are.</summary>
    public string? File => _written == scan.Segments.Count ? file : null;

    /// <summary>Rows of the image, as many as fit into an answer.</summary>
    /// <exception cref="ContractException">Nothing was scanned yet, or there is no such row.</exception>
    public ScanImageReply ToReply(string session, int row)
    {
        (int width, int height) = (scan.Geometry.Width, scan.Geometry.Height);
        if (row >= height)
            throw new ContractException(FaultCode.BadField, $"get_scan_image: 'row' must be 0 to {height - 1}, got {row}");
        Complete();
        int rows = Math.Min(height - row, Math.Max(1, ScanImageReply.MostPixels / width));
        Range part = (row * width)..((row + rows) * width);
        return new ScanImageReply(session, width, height, row, rows)
        {
            Segments = scan.Segments.Count,
            Of = scan.Geometry.Segments,
            Method = _method,
            File = File,
            ImageBytes = ScanImageReply.ToBytes(_image!.Image.AsSpan(part)),
            Mask = _mask.AsMemory(part),
            UncertaintyBytes = ScanImageReply.ToBytes(_image.Uncertainty.AsSpan(part)),
        };
    }

    /// <summary>Writes the files, unless they are there already or nothing was scanned.</summary>
    /// <returns>Why they could not be written, or null.</returns>
    public string? Write()
    {
        if (file is null || scan.Segments.Count == 0 || File is not null)
            return null;
        Complete();
        (int width, int height) = (scan.Geometry.Width, scan.Geometry.Height);
        float[] mask = [.. _mask.Select(value => (float)value)];
        Picture image = new(width, height, _image!.Image), uncertainty = new(width, height, _image.Uncertainty), read = new(width, height, _read);
        try
        {
            string state = scan.Segments.Count == scan.Geometry.Segments ? "all" : "PARTIAL,";
            MrcWriter.Write(file, [image, new Picture(width, height, mask), uncertainty, read],
                string.Create(CultureInfo.InvariantCulture, $"Bridge {state} {scan.Segments.Count} of {scan.Geometry.Segments} segments: image, mask, uncertainty, reads"));
            PngWriter.Write(Path.ChangeExtension(file, ".png"), ScanSheet.Draw(image, read, _mask, uncertainty));
            _written = scan.Segments.Count;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the image could not be written to {file}: {e.Message}";
        }
    }

    private void Complete()
    {
        if (_segments == scan.Segments.Count)
            return;
        (_image, _method) = scans.Complete(scan);
        _read = new float[scan.Geometry.Width * scan.Geometry.Height];
        float[] mask = new float[_read.Length];
        scan.WriteTo(_read, mask);
        _mask = new byte[mask.Length];
        for (int i = 0; i < mask.Length; i++)
            _mask[i] = mask[i] > 0 ? (byte)1 : (byte)0;
        _segments = scan.Segments.Count;
    }
}
