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
        => request.Path is { } path ? Read(path) : (GridBuilder.FromTargets(request.Targets), []);

    /// <summary>Predictions from the file that a request names; any other request as it is.</summary>
    /// <exception cref="ContractException">The file cannot be read.</exception>
    public static ReportPredictionsRequest Resolved(ReportPredictionsRequest request) => request.Path is not { } path ? request : request with
    {
        Predictions = [.. Read(path).Grid.Holes.Where(hole => hole.HasPrediction).Select(hole => new Prediction(hole.Item)
        {
            CtfA = double.IsNaN(hole.PredictedCtfA) ? null : hole.PredictedCtfA,
            Probability = double.IsNaN(hole.GivenProbability) ? null : hole.GivenProbability,
        })],
    };

    private static (Grid Grid, IReadOnlyList<string> Warnings) Read(string path)
    {
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return (HoleTable.Read(path).Grid, []);
        NavigatorGrid read = NavigatorGrid.Read(path);
        return (read.Grid, read.Warnings);
    }
}
