using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.StandIn.Commands;
using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;
using Bridge.StandIn.Plugins;

namespace Bridge.StandIn.Tests.Support;

/// <summary>A stand-in for one test: scripts in, log and result out.</summary>
internal sealed class Scripted : IDisposable
{
    public Scripted(StandInOptions? options = null, MeasuredGrid? grid = null, PluginManager? plugins = null, CommandTable? commands = null)
    {
        World = new World(options ?? new StandInOptions { MaxCommands = 100_000 }, grid is null ? null : new Specimen(grid), log: null, plugins);
        Interpreter = new Interpreter(Library, commands ?? CommandTable.Simulated, World);
        if (grid is not null)
            World.Navigator.Open(NavigatorFile.Parse("test.nav", NavigatorWriter.ToBytes(grid.Grid)), "");
    }

    public ScriptLibrary Library { get; } = new();

    public World World { get; }

    public Interpreter Interpreter { get; }

    /// <summary>What was written to the log.</summary>
    public string[] Log => [.. World.Log.Lines];

    public Script Load(string text, string file = "test.txt") => Library.Add(file, text)[0];

    public RunResult Run(string text) => Interpreter.Run(Load(text));

    /// <summary>Runs a script that must reach its end, and returns its log.</summary>
    public static string[] LogOf(string text)
    {
        using var scripted = new Scripted();
        RunResult result = scripted.Run(text);
        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        return scripted.Log;
    }

    /// <summary>The value that an expression comes to.</summary>
    public static string ValueOf(string expression) => LogOf($"x = {expression}\nEcho $x")[^1];

    /// <summary>Runs a script that must fail, and returns why.</summary>
    public static RunResult FailureOf(string text)
    {
        using var scripted = new Scripted();
        RunResult result = scripted.Run(text);
        Assert.AreNotEqual(RunEnd.Completed, result.End);
        return result;
    }

    /// <summary>A small grid: two grid-level images, three squares, six patches, forty holes.</summary>
    public static MeasuredGrid SmallGrid() => SimulatedGrid.Create(new SimulatedGridSettings { Seed = 1, GridImages = 2, Squares = 3, Patches = 6, Holes = 40 });

    public void Dispose() => World.Dispose();
}
