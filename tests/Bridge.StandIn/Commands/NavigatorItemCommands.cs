using System.Globalization;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>What is changed of a Navigator item; SaveNavigator keeps it.</summary>
internal static class NavigatorItemCommands
{
    private const int Colors = 6;

    public static void AddTo(CommandSet set)
    {
        set.Add("SetItemAcquire", 0, call => call.World.Navigator.SetAcquire(Item(call), !call.Has(2) || call.Integer(2) != 0));
        set.Add("ReportItemAcquire", 0, call => call.Report(Item(call).Acquire ? 1 : 0));
        set.Add("SetNavItemUserValue", 2, SetUserValue, arithmetic: false);
        set.Add("ReportItemUserValue", 2, ReportUserValue);
        set.Add("ChangeItemNote", 1, call => Change(call, "Note", call.Has(2) ? call.Rest(2) : ""));
        set.Add("ChangeItemColor", 2, ChangeColor);
        set.Add("ChangeItemDraw", 1, call => Change(call, "Draw", call.Has(2) ? call.Integer(2) != 0 ? "1" : "0" : Item(call).Section.Integer("Draw") == 0 ? "1" : "0"));
        set.Add("ChangeItemRegistration", 2, call => Change(call, "Regis", Text(call.Integer(2))), arithmetic: true);
        set.Add("ChangeItemGroupID", 2, call => Change(call, "GroupID", Text(call.Integer(2))));
        set.Add("SetItemTargetDefocus", 2, SetTargetDefocus);
    }

    private static NavigatorItem Item(CommandCall call) => call.World.Navigator.At(call.Has(1) ? call.Integer(1) : 0);

    private static void SetUserValue(CommandCall call)
    {
        NavigatorItem item = Item(call);
        Set(item, $"UserValue{UserValueNumber(call)}", call.Rest(3));
    }

    private static void ReportUserValue(CommandCall call)
        => call.Run.Variables.Report([Item(call).UserValue(UserValueNumber(call)) is { Length: > 0 } value ? value : "none"]);

    private static int UserValueNumber(CommandCall call)
        => call.Integer(2) is >= 1 and <= NavigatorItem.UserValues and var number ? number : throw new ScriptFault($"the user value number must be 1 to {NavigatorItem.UserValues}");

    private static void ChangeColor(CommandCall call)
    {
        if (call.Integer(2) is < 0 or >= Colors)
            throw new ScriptFault($"the color must be 0 to {Colors - 1}");
        Change(call, "Color", Text(call.Integer(2)));
    }

    private static void SetTargetDefocus(CommandCall call)
    {
        if (!Item(call).Acquire)
            throw new ScriptFault("the Navigator item is not marked for acquisition");
        if (call.Number(2) is not (>= -20 and <= 0))
            throw new ScriptFault("the target defocus must be between 0 and -20 µm");
        Change(call, "TargetDefocus", Numbers.Format(call.Number(2)));
    }

    /// <summary>These commands name the item by its number, from 1; there is no current one for them.</summary>
    private static void Change(CommandCall call, string key, string value)
    {
        if (call.Integer(1) < 1)
            throw new ScriptFault($"the Navigator item index, {call.Text(1)}, is out of range");
        Set(Item(call), key, value);
    }

    private static void Set(NavigatorItem item, string key, string value)
    {
        try
        {
            item.Section.Set(key, LogCommands.OneLine(value));
        }
        catch (ContractException e)
        {
            throw new ScriptFault(e.Message);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
