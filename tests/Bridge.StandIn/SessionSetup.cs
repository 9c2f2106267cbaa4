using System.Diagnostics;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.StandIn.Microscope;
using Bridge.StandIn.Plugins;

namespace Bridge.StandIn;

/// <summary>Puts a grid into the microscope, opens the Navigator and loads the plugins.</summary>
internal static class SessionSetup
{
    /// <summary>What the command line says of it; null for what it does not say.</summary>
    public sealed record Choice(string? Holes, int? Simulated, string? Nav, int? Start, string? Plugins);

    /// <exception cref="ContractException">Something cannot be read, or does not go together.</exception>
    public static World Create(StandInOptions options, Choice choice, TextWriter? log)
    {
        if (choice.Holes is not null && choice.Simulated is not null)
            throw new ContractException(FaultCode.BadField, "give --holes or --simulated, not both");
        MeasuredGrid? grid = choice.Holes is { } table ? HoleTable.Read(table).Measured
            : choice.Simulated is { } seed ? SimulatedGrid.Create(new SimulatedGridSettings { Seed = seed }) : null;
        var world = new World(options, grid is null ? null : new Specimen(grid), log);
        OpenNavigator(world, grid, choice);
        if (choice.Start is { } item)
        {
            Hole hole = grid?.Grid.FindItem(item) ?? throw new ContractException(FaultCode.BadField, $"--start {item}: there is no hole of this item number in the grid");
            world.Stage.StartAt(hole);
            world.Navigator.Select(item);
        }
        LoadPlugins(world, choice.Plugins);
        return world;
    }

    private static void OpenNavigator(World world, MeasuredGrid? grid, Choice choice)
    {
        string path = choice.Nav is null ? "" : Path.GetFullPath(choice.Nav);
        if (path.Length > 0 && (grid is null || File.Exists(path)))
        {
            world.Navigator.Open(NavigatorFile.Read(path), path);
            return;
        }
        if (grid is null)
            return;
        byte[] bytes = NavigatorWriter.ToBytes(grid.Grid);
        world.Navigator.Open(NavigatorFile.Parse(path.Length > 0 ? path : "(grid)", bytes), path);
        if (path.Length > 0)
            world.Navigator.Save("");
    }

    private static void LoadPlugins(World world, string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
            throw new ContractException(FaultCode.BadField, $"--plugins {folder}: there is no such folder");
        if (OperatingSystem.IsWindows())
        {
            IEnumerable<string> files = PluginManager.CandidatesBesideProgram(AppContext.BaseDirectory);
            foreach (string file in folder is null ? files : PluginManager.Candidates(folder).Concat(files))
            {
                long began = Stopwatch.GetTimestamp();
                if (NativePlugin.Load(file, out string report) is { } plugin)
                    world.Plugins.Add(plugin);
                world.Plugins.Times.Note("load " + Path.GetFileName(file), began);
                world.Log.Write(report);
            }
        }
#if MANAGED_PLUGIN
        if (world.Plugins.Loaded.Count == 0)
            world.Plugins.Add(new ManagedPlugin());
#endif
    }
}
