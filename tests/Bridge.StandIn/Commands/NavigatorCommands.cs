using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn.Commands;

/// <summary>The Navigator as a whole, and what is asked of its items.</summary>
internal static class NavigatorCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("ReportNavItem", 0, call => ReportItem(call, call.World.Navigator.Current, firstVariable: 1, ahead: 0));
        set.Add("ReportOtherItem", 1, call => ReportItem(call, Other(call), firstVariable: 2, ahead: 0));
        set.Add("ReportNextNavAcqItem", 0, ReportNext);
        set.Add("ReportNumTableItems", 0, call => call.ReportTo(1, call.World.Navigator.Items.Count));
        set.Add("ReportNumNavAcquire", 0, ReportNumAcquire);
        set.Add("ReportIfNavOpen", 0, call => call.ReportTo(1, !call.World.Navigator.IsOpen ? 0 : call.World.Navigator.Path.Length == 0 ? 1 : 2));
        set.Add("ReportNavFile", 0, ReportFile);
        set.Add("SaveNavigator", 0, Save);
        set.Add("ReadNavFile", 1, call => call.World.Navigator.Read(call.World.TextFiles.FullPath(call.Rest(1))));
        set.Add("CloseNavigator", 0, call => call.World.Navigator.Close());
        set.Add("NavIndexWithLabel", 1, call => call.Report(Find(call, item => item.Label == call.Rest(1))));
        set.Add("NavIndexWithNote", 1, call => call.Report(Find(call, item => item.Note == call.Rest(1))));
        set.Add("NavIndexItemDrawnOn", 1, DrawnOn);
        set.Add("SetSelectedNavItem", 1, Select);
        set.Add("MoveToNavItem", 0, MoveTo);
        set.Add("RealignToNavItem", 1, call => Realign(call, call.World.Navigator.Current));
        set.Add("RealignToOtherItem", 2, call => Realign(call, Other(call)));
        set.Add("CenterHoleAtNavItem", 3, call => Realign(call, call.World.Navigator.At(call.Integer(1))));
        set.Add("GetRealignToItemError", 0, call => call.ReportTo(1, 0, 0, 0, 0));
        set.Add("ReportGroupStatus", 0, ReportGroup);
    }

    /// <summary>Index, X, Y, Z, type, and the variables navIndex, navLabel, navNote, navColor, navRegis, navIntLabel, navNumHoles, navAcqIndex.</summary>
    private static void ReportItem(CommandCall call, NavigatorItem item, int firstVariable, int ahead)
    {
        StageUm stage = NavigatorTable.StageOf(item);
        call.ReportTo(firstVariable, item.Index, stage.X, stage.Y, stage.Z, (int)(item.Type ?? NavigatorItemType.Point));
        call.LogReport(FormattableString.Invariant($"Item {item.Index}:  Stage: {stage.X:0.00} {stage.Y:0.00} {stage.Z:0}  Label: {item.Label}"));
        call.Set("NAVINDEX", item.Index);
        SetText(call, "NAVLABEL", item.Label);
        SetText(call, "NAVNOTE", item.Note);
        call.Set("NAVCOLOR", item.Section.Integer("Color") ?? 0);
        call.Set("NAVREGIS", item.Registration ?? 1);
        call.Set("NAVINTLABEL", Numbers.LeadingInteger(item.Label));
        call.Set("NAVNUMHOLES", item.Acquire ? item.HoleArray is { } array ? array.X * array.Y : 1 : 0);
        if (call.World.Acquire.Acquired is { } acquired)
            call.Set("NAVACQINDEX", acquired + 1 + ahead);
    }

    /// <summary>A text of somebody else's may begin with a $; it is a value all the same.</summary>
    private static void SetText(CommandCall call, string name, string text) => call.Run.Variables.Set(name, "").Value = text;

    /// <summary>From 1, or from the end if negative.</summary>
    private static NavigatorItem Other(CommandCall call)
        => call.Integer(1) is var number && number != 0 ? call.World.Navigator.At(number) : throw new ScriptFault("the Navigator index 0 is out of range");

    private static void ReportNext(CommandCall call)
    {
        NavigatorTable navigator = call.World.Navigator;
        if (!call.World.Acquire.IsRunning)
            throw new ScriptFault("the Navigator must be acquiring");
        NavigatorItem? next = navigator.Items.Skip(navigator.Acquiring).FirstOrDefault(item => item.Acquire && (call.World.Acquire.SkipGroup == 0 || item.GroupId != call.World.Acquire.SkipGroup));
        if (next is not null)
        {
            ReportItem(call, next, firstVariable: 1, ahead: 1);
            return;
        }
        call.Set("NAVINDEX", -1);
        call.ReportTo(1, -1, 0);
    }

    private static void ReportNumAcquire(CommandCall call)
        => call.ReportTo(1, call.World.Navigator.IsOpen ? call.World.Navigator.Items.Count(item => item.Acquire) : -1, call.World.Navigator.IsOpen ? 0 : -1);

    /// <summary>The path; with 1 its parts: without extension, extension, folder, name.</summary>
    private static void ReportFile(CommandCall call)
    {
        string path = call.World.Navigator.Path;
        if (!call.World.Navigator.IsOpen || path.Length == 0)
            throw new ScriptFault("there is no Navigator file open");
        if (call.Integer(1) == 0)
            call.Run.Variables.Report([path]);
        else
            call.Run.Variables.Report([path[..^Path.GetExtension(path).Length], Path.GetExtension(path), Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path)]);
    }

    private static void Save(CommandCall call)
        => call.World.Navigator.Save(call.Has(1) ? call.World.TextFiles.FullPath(call.Rest(1)) : "");

    private static int Find(CommandCall call, Func<NavigatorItem, bool> isIt) => call.World.Navigator.Items.FirstOrDefault(isIt)?.Index ?? 0;

    private static void DrawnOn(CommandCall call)
    {
        int map = call.World.Navigator.At(call.Integer(1)).DrawnId;
        call.Report(map == 0 ? 0 : Find(call, item => item.MapId == map));
    }

    private static void Select(CommandCall call)
    {
        if (call.World.Acquire.IsRunning)
            throw new ScriptFault("the Navigator cannot be acquiring");
        call.World.Navigator.Select(call.Integer(1));
    }

    private static void MoveTo(CommandCall call)
    {
        NavigatorItem item = call.World.Navigator.At(call.Has(1) ? call.Integer(1) : 0);
        call.World.Stage.MoveTo(NavigatorTable.StageOf(item), correctsBacklash: true);
        if (!call.World.Acquire.IsRunning)
            call.World.Navigator.Select(item.Index);
    }

    /// <summary>Images are compared with the map until the item is under the beam: at once, here.</summary>
    private static void Realign(CommandCall call, NavigatorItem item)
    {
        call.World.Stage.MoveTo(NavigatorTable.StageOf(item), correctsBacklash: true);
        call.World.Optics.SetImageShift(0, 0);
    }

    /// <summary>-1 not acquiring, 0 in no group, 1 first in its group, 2 a later one; the group's id, its items, how many are to be acquired.</summary>
    private static void ReportGroup(CommandCall call)
    {
        int group = call.World.Navigator.Current.GroupId;
        int items = 0, marked = 0;
        foreach (NavigatorItem item in call.World.Navigator.Items)
        {
            if (group == 0 || item.GroupId != group)
                continue;
            items++;
            marked += item.Acquire ? 1 : 0;
        }
        call.ReportTo(1, !call.World.Acquire.IsRunning ? -1 : group == 0 ? 0 : call.World.Acquire.FirstInGroup ? 1 : 2, group, items, marked);
    }
}
