using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;

namespace Bridge.AgentHost.Serving;

/// <summary>Where a session's targets come from: a saved Navigator file, a table of holes, or the request itself.</summary>
public static class GridSource
{
    /// <exception cref="ContractException">The file cannot be read, or there is nothing to collect.</exception>
    public static (Grid Grid, IReadOnlyList<string> Warnings) Read(OpenSessionRequest request)
    {
        if (request.Path is not { } path)
            return (GridBuilder.FromTargets(request.Targets), []);
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return (HoleTable.Read(path).Grid, []);
        NavigatorGrid read = NavigatorGrid.Read(path);
        return (read.Grid, read.Warnings);
    }
}
