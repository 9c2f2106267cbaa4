using System.Globalization;
using System.Text;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Pictures;
using Bridge.Contracts;
using Bridge.Domain.Files;

namespace Bridge.AgentHost.Commands;

/// <summary>What <c>evaluate planner</c> writes for people: a table in Markdown, and pictures.</summary>
internal static class EvaluationFiles
{
    /// <summary>More starts make no smoother curve that anybody could see.</summary>
    private const int MostStartsInPictures = 50;

    /// <exception cref="ContractException">The file cannot be written.</exception>
    public static void WriteMarkdown(string path, string text) => Write(path, text);

    /// <summary>Writes <c>curves.svg</c>, all planners together, and <c>path-NAME.svg</c>, the first start of each, for the longest budget.</summary>
    /// <exception cref="ContractException">The folder cannot be made or written.</exception>
    public static void WritePictures(string folder, PlannerEvaluation evaluation, IReadOnlyList<string> planners, double budgetMinutes, int starts, CancellationToken cancellationToken)
    {
        starts = Math.Min(starts, MostStartsInPictures);
        List<(string Planner, IReadOnlyList<RunResult> Runs)> runs =
            [.. planners.Distinct().Select(planner => (planner, evaluation.Play(planner, budgetMinutes, starts, cancellationToken)))];
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot make the folder {folder}: {e.Message}", e);
        }
        Write(Path.Combine(folder, "curves.svg"), CurvesPicture.Draw(runs, budgetMinutes, Format($"{evaluation.Split}: good holes, mean of {starts} starts, minutes {evaluation.Minutes}")));
        foreach ((string planner, IReadOnlyList<RunResult> results) in runs)
            Write(Path.Combine(folder, $"path-{planner}.svg"), PathPicture.Draw(evaluation.Truth, results[0], PathPicture.Title(planner, results[0])));
    }

    /// <exception cref="ContractException">The file cannot be written.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            OutputFile.Replace(path, Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write {path}: {e.Message}", e);
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
