using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;

namespace Bridge.AgentHost.Commands;

/// <summary>One kind of minutes, and one table to train on, of an <c>evaluate planner</c>.</summary>
/// <param name="Minutes">Their name.</param>
/// <param name="TrainedOn">Empty where nothing is trained.</param>
/// <param name="IsFirst">The first of its minutes: it also has the planners that need no training.</param>
internal sealed record EvaluationPart(PlannerEvaluation Evaluation, string Minutes, string TrainedOn, bool IsFirst)
{
    /// <summary>All kinds of minutes, each with all tables to train on.</summary>
    public static IEnumerable<EvaluationPart> All(PlannerEvaluation evaluation, (string Name, MoveMinutes Minutes)[] minutes, string[] trainOn)
    {
        foreach ((string name, MoveMinutes of) in minutes)
        {
            for (int i = 0; i < Math.Max(trainOn.Length, 1); i++)
                yield return new EvaluationPart(evaluation with { Minutes = of }, name, trainOn.Length > 0 ? trainOn[i] : "", i == 0);
        }
    }

    /// <param name="training">How a learner is trained; null where nothing is trained.</param>
    /// <param name="used">Told the evaluation with the models that were used: for pictures.</param>
    public IEnumerable<PlannerScore> Run(string[] planners, Func<string, PlannerTraining>? training, int seeds, double[] budgets, int starts,
        Action<PlannerEvaluation> used, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (training is null)
        {
            used(Evaluation);
            return Evaluation.Run(planners, budgets, starts, progress, cancellationToken).Select(row => row with { Minutes = Minutes });
        }
        string[] some = IsFirst ? planners : [.. planners.Where(Learners.Names.Contains)];
        return new TrainedEvaluation(Evaluation, training, seeds)
            .Run(some, budgets, starts, models => used(Evaluation with { Catalog = models }), progress, cancellationToken)
            .Select(row => row with { Minutes = Minutes, TrainedOn = row.TrainingSeeds > 0 ? TrainedOn : "" });
    }
}
