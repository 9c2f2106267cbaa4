using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn.Commands;

/// <summary>Images: taking, copying, aligning, saving. There are no pixels; an image knows what it shows.</summary>
internal static class CameraCommands
{
    private const double MeanCounts = 100, MeanCountsOnFilm = 60;

    /// <summary>Where a file is read into if the script does not say.</summary>
    private const string ReadBuffer = "H";

    public static void AddTo(CommandSet set)
    {
        AddShot(set, "Record R", "R");
        AddShot(set, "View V", "V");
        AddShot(set, "Focus F", "F");
        AddShot(set, "Trial T", "T");
        AddShot(set, "Preview L", "L");
        AddShot(set, "Search", "S");
        set.Add("AutoFocus G", 0, AutoFocus);
        set.Add("ReportAutoFocus", 0, call => call.ReportTo(1, call.World.Optics["Defocus"] - call.World.Optics["TargetDefocus"]));
        set.Add("FocusChangeLimits", 2, _ => { }, arithmetic: true);
        set.Add("Copy", 2, call => call.World.Camera.Copy(call.Text(1), call.Text(2)));
        set.Add("Show", 1, call => call.World.Camera.Image(call.Text(1)));
        set.Add("AutoAlign A", 0, call => Align(call, "B"));
        set.Add("AlignTo", 1, call => Align(call, call.Text(1)));
        set.Add("ClearAlignment", 0, call => call.World.Optics.SetPair("AlignShift", 0, 0));
        set.Add("ReportAlignShift", 0, ReportAlignShift);
        set.Add("ReportMeanCounts", 0, call => call.Report(call.World.Camera.Image(call.Text(1)).Hole >= 0 ? MeanCounts : MeanCountsOnFilm));
        set.Add("OpenNewFile", 1, OpenFile);
        set.Add("OpenOldFile", 1, OpenFile);
        set.Add("CloseFile", 0, call => call.World.CloseImageFile());
        set.Add("Save S", 0, call => call.World.SaveImage(call.Text(1)));
        set.Add("ReadFile", 1, call => call.World.Camera.Put(call.World.SavedImage(call.Integer(1)), call.Has(2) ? call.Text(2) : ReadBuffer));
        set.Add("ReportCurrentFilename", 0, ReportCurrentFile);
        set.Add("ReportFileNumber", 0, ReportFileNumber);
        set.Add("ReportFileZsize", 0, call => call.ReportTo(1, call.World.ImagesInFile));
        set.Add("IsImageFileOpen", 1, call => call.Report(call.World.ImageFile.Length > 0 ? 1 : 0));
    }

    private static void AddShot(CommandSet set, string names, string area) => set.Add(names, 0, call => call.World.Camera.Shoot(area));

    private static void AutoFocus(CommandCall call)
    {
        call.World.Stage.WaitUntilReady();
        call.World.Optics["Defocus"] = call.World.Optics["TargetDefocus"];
    }

    /// <summary>The shift is how far the stage really moved between the two images; an image shift makes up for it.</summary>
    private static void Align(CommandCall call, string to)
    {
        Shot now = call.World.Camera.Image("A"), reference = call.World.Camera.Image(to);
        (double x, double y) = (reference.Stage.X - now.Stage.X, reference.Stage.Y - now.Stage.Y);
        call.World.Optics.SetPair("AlignShift", x, y);
        (double shiftX, double shiftY) = call.World.Optics.Pair("ImageShift");
        call.World.Optics.SetImageShift(shiftX + x, shiftY + y);
    }

    /// <summary>In pixels (as µm here), pixels of the shift, and in nm.</summary>
    private static void ReportAlignShift(CommandCall call)
    {
        (double x, double y) = call.World.Optics.Pair("AlignShift");
        call.ReportTo(1, x, y, x * 1000, y * 1000, x * 1000, y * 1000);
    }

    private static void OpenFile(CommandCall call) => call.World.OpenImageFile(call.World.TextFiles.FullPath(call.Rest(1)));

    private static void ReportCurrentFile(CommandCall call)
    {
        if (call.World.ImageFile.Length == 0)
            throw new ScriptFault("there is no image file open");
        call.Run.Variables.Report([call.World.ImageFile]);
    }

    /// <summary>The open image file's number from 1; -1 if none is open. There is one file at a time here.</summary>
    private static void ReportFileNumber(CommandCall call)
    {
        bool isOpen = call.World.ImageFile.Length > 0;
        call.LogReport(isOpen ? "Current open file number is 1" : "There is no file open currently");
        call.ReportTo(1, isOpen ? 1 : -1);
    }
}
