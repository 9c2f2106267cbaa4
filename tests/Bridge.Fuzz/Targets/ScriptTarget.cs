using System.Text;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.StandIn.Commands;
using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;
using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Fuzz.Targets;

/// <summary>Scripts in the stand-in for SerialEM: whatever the text, a run ends with a result. No seed and no word opens or saves a file.</summary>
internal sealed class ScriptTarget : FuzzTarget
{
    private const int MostCommands = 200;

    private static readonly string[] s_lines =
    [
        "x = {1 2 ($y + 3)}", "y = 2", "z = $x[1] * 2 ^ 3", "Echo $y $x", "t @= $y text", "m[1][2] = $y", "New2DArray m 0 2 2", "MoveToNavItem $navIndex + 1", "SetNavItemUserValue 1 2 $RepVal1", "ReportNavItem", "ReportStageXYZ",
        "Throw a", "SkipTo out", "out:", "CallFunction F $y some text", "Break", "Continue", "Return", "v = sqrt ($y * 2) + sin 30", "Delay 1 sec", "Record", "ImageShiftByMicrons 1 $y", "SetDefocus -1", "ReportClock",
    ];

    private static readonly MeasuredGrid s_grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 1, GridImages = 2, Squares = 3, Patches = 6, Holes = 40 });
    private static readonly byte[] s_navigator = NavigatorWriter.ToBytes(s_grid.Grid);

    public override string Name => "scripts";

    public override int MostBytes => 4 << 10;

    public override IReadOnlyList<string> Words =>
    [
        "$", "$#", "$$", "[", "]", "{", "}", "(", ")", "\\\n", "EndLoop\n", "EndIf\n", "Loop 3 i\n", "If 1 > 2\n", "ElseIf 1 == 1\n", "Else\n", "= 1\n", ":=", "@=", "$RepVal1", "::", "/*", "*/", "-", "#", "'", "\t", "Function F 9 9 a b\n", "EndFunction\n",
        "Try 2\n", "Catch\n", "EndTry\n", "CallMacro 1\n", "Macro 2\n", "EndMacro\n", "$i", "*", "/", "^", "AND", "OR", "NOT", "sqrt", "MoveBeam 1 1\n", "DoMacro 1\n", "Repeat 1\n",
    ];

    /// <summary>Blocks in blocks; every one is closed. What they say may still be refused or fail, which is a result.</summary>
    public override Gen<byte[]> Valid => Block(2).Select(text => Encoding.UTF8.GetBytes($"{text}Function F 1 1 n s\nt @= $s $n\nEndFunction\n"));

    public override string? Read(byte[] input)
    {
        var library = new ScriptLibrary();
        using var world = new World(new StandInOptions { MaxCommands = MostCommands, LimitMinutes = 1_000 }, input.Length % 8 == 0 ? new Specimen(s_grid) : null, log: null, plugins: null);
        if (input.Length % 8 == 0)
            world.Navigator.Open(NavigatorFile.Parse("fuzz.nav", s_navigator), "");
        foreach (Script script in library.Add("fuzz.txt", Encoding.UTF8.GetString(input)))
            _ = new Interpreter(library, CommandTable.Simulated, world).Run(script);
        return null;
    }

    private static Gen<string> Block(int depth)
    {
        Gen<string> line = Gen.Elements(s_lines).Select(text => text + "\n");
        if (depth == 0)
            return line;
        Gen<string> inner = Block(depth - 1).ArrayOf(2).Select(string.Concat);
        return Gen.OneOf(
            line,
            inner.Select(text => $"Loop 3 i{depth}\n{text}EndLoop\n"),
            inner.Select(text => $"If $y == 2 AND 1 < 3\n{text}Else\n{text}Endif\n"),
            inner.Select(text => $"Try 1\n{text}Catch\nEcho caught\nEndTry\n")).ArrayOf(2).Select(string.Concat);
    }
}
