namespace Bridge.StandIn.Language;

/// <summary>
/// What follows If and ElseIf: comparisons of two expressions, joined by AND and OR from left to right without precedence, except that
/// parentheses with an AND or OR in them come first.
/// </summary>
internal static class Conditions
{
    /// <param name="items">With variables put in; they are used up.</param>
    /// <exception cref="ScriptFault">It is no condition.</exception>
    public static bool IsTrue(List<string> items)
    {
        Tokens.SeparateParentheses(items, 0);
        while (FindDeepest(items) is var (left, right) && left >= 0)
        {
            bool inside = OfClause(items.GetRange(left + 1, right - left - 1));
            items.RemoveRange(left, right - left + 1);
            items.InsertRange(left, ["1", "==", inside ? "1" : "0"]);
        }
        return OfClause(items);
    }

    /// <summary>The deepest parentheses with an AND or OR directly in them, or -1.</summary>
    private static (int Left, int Right) FindDeepest(List<string> items)
    {
        var open = new Stack<int>();
        int deepest = 0, left = -1, right = -1;
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] == "(")
            {
                open.Push(i);
            }
            else if (items[i] == ")")
            {
                if (open.Count == 0)
                    throw new ScriptFault("the parentheses are not balanced");
                if (open.Pop() == left && right < 0)
                    right = i;
            }
            else if (IsJoint(items[i]) && open.Count > deepest)
            {
                (deepest, left, right) = (open.Count, open.Peek(), -1);
            }
        }
        return open.Count == 0 ? (left, right) : throw new ScriptFault("the parentheses are not balanced");
    }

    private static bool OfClause(List<string> items)
    {
        bool truth = false;
        string? joint = null;
        int begin = 0;
        while (true)
        {
            int end = items.FindIndex(begin, IsJoint);
            List<string> clause = items.GetRange(begin, (end < 0 ? items.Count : end) - begin);
            if (clause.Count == 0)
                throw new ScriptFault("AND or OR is at the beginning or end of a line or clause");
            bool value = OfComparison(clause);
            truth = joint switch { null => value, "AND" => truth && value, _ => truth || value };
            if (end < 0)
                return truth;
            joint = items[end].ToUpperInvariant();
            begin = end + 1;
        }
    }

    private static bool OfComparison(List<string> items)
    {
        int at = items.FindIndex(IsComparison);
        if (at < 0)
            throw new ScriptFault($"there is no comparison (==, !=, <, >, <=, >=) in '{string.Join(' ', items)}'");
        if (items.FindLastIndex(IsComparison) != at)
            throw new ScriptFault($"there are two comparisons in '{string.Join(' ', items)}'; join them with AND or OR");
        // SerialEM takes a first and a last parenthesis for a pair around the clause, so ($a + 1) < ($b + 1) is not balanced to it either.
        if (items[0] == "(" && items[^1] == ")")
        {
            items.RemoveAt(items.Count - 1);
            items.RemoveAt(0);
            at--;
        }
        if (at <= 0 || at == items.Count - 1)
            throw new ScriptFault("the comparison is at the beginning or end of a clause");
        double left = Side(items.GetRange(0, at)), right = Side(items.GetRange(at + 1, items.Count - at - 1));
        double near = 1e-10 * Math.Max(Math.Abs(left), Math.Abs(right));
        return items[at] switch
        {
            ">" => left > right,
            "<" => left < right,
            ">=" => left >= right,
            "<=" => left <= right,
            "==" => Math.Abs(left - right) <= near,
            _ => Math.Abs(left - right) > near,
        };
    }

    private static double Side(List<string> items)
    {
        if (items.Count > 1)
            Arithmetic.Evaluate(items);
        return items.Count == 1 ? Arithmetic.ToNumber(items[0]) : throw new ScriptFault($"'{string.Join(' ', items)}' does not reduce to a single number");
    }

    private static bool IsJoint(string item) => item.Equals("AND", StringComparison.OrdinalIgnoreCase) || item.Equals("OR", StringComparison.OrdinalIgnoreCase);

    private static bool IsComparison(string item) => item is "==" or "!=" or ">=" or "<=" or "<" or ">";
}
