using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>
/// Multiple Records. Only custom holes are simulated: the pattern of the dialog counts as one shot. Facts: mastcu/SerialEM, MacroCommands.cpp at 518274a (arguments and refusals),
/// ParticleTasks.cpp (order, centre, image shift at the end), NavHelper.h at 00f0f04 (the flags).
/// </summary>
internal static class MultiShotCommands
{
    /// <summary>Flags of the ninth argument: shots in several holes, by the custom list whatever the dialog says; and all there are.</summary>
    private const int MultipleHoles = 2, ForceCustom = 32, AllFlags = 63;

    private const int MostDegrees = 80;

    public static void AddTo(CommandSet set)
    {
        set.Add("MultipleRecords", 0, MultipleRecords, arithmetic: true);
        set.Add("SetCustomHoleShifts", 2, SetShifts, arithmetic: false);
        set.Add("SetCustomHoleDefocus", 1, SetDefocus, arithmetic: false);
    }

    private static void MultipleRecords(CommandCall call)
    {
        int flags = call.Has(9) && call.Integer(9) > -9 ? call.Integer(9) : MultipleHoles;
        if (flags is < 1 or > AllFlags)
            throw new ScriptFault($"the ninth entry, for doing within holes or in multiple holes, must be between 1 and {AllFlags}");
        bool saves = call.Has(5) && call.Integer(5) > 0;
        if (saves && call.World.ImageFile.Length == 0)
            throw new ScriptFault("an image file must be open for saving before multiple Records");
        if ((flags & ForceCustom) == 0)
        {
            call.World.Camera.Shoot("R");
            Save();
            call.Report(1);
            return;
        }
        if ((flags & MultipleHoles) == 0)
            throw new ScriptFault("shots within one hole are not simulated");
        call.Report(call.World.MultiShot.ShootCustomHoles(Save));

        void Save()
        {
            if (saves)
                call.World.SaveImage("A");
        }
    }

    private static void SetShifts(CommandCall call)
    {
        double[] x = Values(call, 1), y = Values(call, 2);
        if (x.Length != y.Length)
            throw new ScriptFault($"{call.Text(1)} has {x.Length} values and {call.Text(2)} {y.Length}; they must be as many");
        int mag = call.Has(3) ? call.Integer(3) : 0;
        if (mag < 0)
            throw new ScriptFault("the magnification index is out of range");
        if (!call.Has(3) && call.World.MultiShot.MagIndex == 0)
            throw new ScriptFault("a magnification index must be included, because none is defined for custom holes yet");
        if (Math.Abs(call.Number(4)) > MostDegrees)
            throw new ScriptFault("the tilt angle is out of range");
        call.World.MultiShot.SetCustomHoles([.. x.Zip(y)], mag > 0 ? mag : call.World.MultiShot.MagIndex);
    }

    private static void SetDefocus(CommandCall call)
    {
        double[] changes = Values(call, 1);
        if (call.World.MultiShot.MagIndex == 0)
            throw new ScriptFault("there are no custom holes defined");
        call.World.MultiShot.SetDefocus(changes);
    }

    /// <summary>The values of a variable that is given by its name; one value is an array of one.</summary>
    private static double[] Values(CommandCall call, int argument)
    {
        Variable variable = call.Run.Variables.Find(call.Text(argument)) ?? throw new ScriptFault($"the variable {call.Text(argument)} is not defined");
        if (variable.Rows is not null)
            throw new ScriptFault($"{call.Text(argument)} must not be a 2-D array");
        return [.. variable.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Arithmetic.ToNumber)];
    }
}
