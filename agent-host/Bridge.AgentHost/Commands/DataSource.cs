using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;

namespace Bridge.AgentHost.Commands;

/// <summary>Where the holes of a training or an evaluation come from.</summary>
internal static class DataSource
{
    /// <summary>Data that need no file.</summary>
    public const string Simulated = "simulated";

    /// <summary>Simulated samples of different character, for an evaluation.</summary>
    public const string Samples = "samples";

    /// <summary>One grid whose truth is known.</summary>
    /// <param name="data">A folder with tables, or <see cref="Simulated"/>.</param>
    /// <param name="split">Table in that folder, without <c>.csv</c>.</param>
    /// <param name="seed">Of the simulated grid.</param>
    /// <exception cref="Contracts.ContractException">The table cannot be read or holds no measured values.</exception>
    public static MeasuredGrid Read(string data, string split, int seed) => data == Simulated
        ? SimulatedGrid.Create(new SimulatedGridSettings { Seed = seed })
        : HoleTable.Read(Path.Combine(data, split + ".csv")).Measured;
}
