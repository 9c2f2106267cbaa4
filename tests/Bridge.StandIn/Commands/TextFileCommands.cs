using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>Text files that a script reads or writes line by line, each known by an identifier, and the folder they lie in.</summary>
internal static class TextFileCommands
{
    private const int MaxWholeFileLines = 100_000;

    public static void AddTo(CommandSet set)
    {
        set.Add("OpenTextFile", 4, Open);
        set.Add("WriteLineToFile", 1, call => call.World.TextFiles.Written(call.Text(1)).WriteLine(call.Rest(2)));
        set.Add("ReadLineToArray", 2, call => ReadLine(call, toArray: true));
        set.Add("ReadLineToString", 2, call => ReadLine(call, toArray: false));
        set.Add("CloseTextFile", 1, call => call.World.TextFiles.Close(call.Text(1)));
        set.Add("FlushTextFile", 1, call => call.World.TextFiles.Written(call.Text(1)).Flush());
        set.Add("IsTextFileOpen", 1, call => call.Report(call.World.TextFiles.IsOpen(call.Text(1)) ? 1 : 0));
        set.Add("ReadTextFile", 2, call => ReadWhole(call, byItem: true));
        set.Add("ReadStringsFromFile", 2, call => ReadWhole(call, byItem: false));
        set.Add("DoesFileExist", 1, call => call.Report(File.Exists(call.World.TextFiles.FullPath(call.Rest(1))) ? 1 : 0));
        set.Add("RemoveFile", 1, RemoveFile);
        set.Add("SetDirectory", 1, SetDirectory);
        set.Add("MakeDirectory", 1, call => call.World.TextFiles.Guard(() => Directory.CreateDirectory(call.World.TextFiles.FullPath(call.Rest(1)))));
        set.Add("ReportDirectory", 0, call => call.ReportTextTo(1, call.World.TextFiles.Folder));
        set.Add("AllowFileOverwrite", 1, call => call.World.TextFiles.MayOverwrite = call.Integer(1) != 0);
    }

    private static void Open(CommandCall call)
    {
        bool opened = call.World.TextFiles.Open(call.Text(1), call.Text(2).ToUpperInvariant(), call.Integer(3) != 0, call.Rest(4));
        if (call.Text(2).Equals("T", StringComparison.OrdinalIgnoreCase))
            call.Report(opened ? 1 : 0);
    }

    private static void ReadLine(CommandCall call, bool toArray)
    {
        while (true)
        {
            string? line = call.World.TextFiles.ReadLine(call.Text(1));
            if (line is null)
            {
                call.Report(0);
                return;
            }
            List<string> items = Tokens.Split(line, call.Run.ParsesQuotes, out _);
            if (items.Count == 0 && (toArray || line.Length == 0))
                continue;
            call.Run.Variables.Set(call.Text(2), toArray ? string.Join('\n', items) : line);
            call.Report(1);
            return;
        }
    }

    private static void ReadWhole(CommandCall call, bool byItem)
    {
        string path = call.World.TextFiles.FullPath(call.Rest(2));
        var parts = new List<string>();
        call.World.TextFiles.Guard(() =>
        {
            foreach (string line in File.ReadLines(path).Take(MaxWholeFileLines))
            {
                if (byItem)
                    parts.AddRange(Tokens.Split(line, call.Run.ParsesQuotes, out _));
                else if (line.Length > 0)
                    parts.Add(line);
            }
        });
        call.Run.Variables.Set(call.Text(1), string.Join('\n', parts));
    }

    private static void RemoveFile(CommandCall call)
    {
        string path = call.World.TextFiles.FullPath(call.Rest(1));
        if (File.Exists(path))
            call.World.TextFiles.Guard(() => File.Delete(path));
        else
            call.World.Log.Write($"WARNING: File {path} cannot be removed");
    }

    private static void SetDirectory(CommandCall call)
    {
        string folder = call.World.TextFiles.FullPath(call.Rest(1));
        if (!Directory.Exists(folder))
            throw new ScriptFault($"there is no folder {folder}");
        call.World.TextFiles.Folder = folder;
    }
}
