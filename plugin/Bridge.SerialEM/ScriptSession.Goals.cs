using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>What the session is for.</summary>
internal sealed partial class ScriptSession
{
    private const double NoDefocus = 2;

    public double SetGoal(ReadOnlySpan<double> values)
    {
        int most = Whole("the most micrographs", values[0], Goal.MaxCount), perSquare = Whole("the fewest holes in a square", values[1], Goal.MaxPerSquare), count = Whole("what counts", values[4], 1);
        double from = Check("SetGoal", "defocus", values[2], -Goal.MaxDefocusUm, Goal.MaxDefocusUm), to = Check("SetGoal", "defocus", values[3], -Goal.MaxDefocusUm, Goal.MaxDefocusUm);
        bool hasRange = from != 0 || to != 0;
        return TellGoal((_choices.Goal ?? new Goal()) with
        {
            MaxShots = most > 0 ? most : null,
            LeastPerSquare = perSquare > 0 ? perSquare : null,
            DefocusFromUm = hasRange ? from : null,
            DefocusToUm = hasRange ? to : null,
            Count = (GoalCount)count,
        });
    }

    public double Avoid(int item)
    {
        Goal goal = _choices.Goal ?? new Goal();
        int checkedItem = CheckItem("Avoid", item);
        return goal.Avoid.Contains(checkedItem) ? Success : TellGoal(goal with { Avoid = [.. goal.Avoid, checkedItem] });
    }

    public double SuggestedDefocus(ref FunctionCall call)
    {
        Suggested("SuggestedDefocus");
        if (_last!.DefocusUm is not { } defocus)
            return NoDefocus;
        call.Give(defocus, _choices.Goal?.DefocusFromUm ?? defocus, _choices.Goal?.DefocusToUm ?? defocus);
        return Success;
    }

    private double TellGoal(Goal goal)
    {
        double result = _isOpen ? Tell(new SetGoalRequest(Name, goal)) : Success;
        _choices.Goal = goal;
        return result;
    }

    private static int Whole(string name, double value, int most)
        => (int)Check("SetGoal", name, value == Math.Floor(value) ? value : double.NaN, 0, most);
}
