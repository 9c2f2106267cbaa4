namespace Bridge.StandIn.Language;

/// <summary>
/// SerialEM's arithmetic: items in place, deepest parentheses first; within them all * and / from left to right, then all + and -, then
/// functions. A function name directly before parentheses is taken into them, so it acts on all that they hold. Every result is text with
/// at most six decimals. Facts: about_scripts.htm and MacroProcessor.cpp.
/// </summary>
internal static class Arithmetic
{
    private static readonly HashSet<string> s_oneArgument = new(StringComparer.OrdinalIgnoreCase) { "SQRT", "COS", "SIN", "TAN", "ATAN", "ABS", "NEARINT", "LOG", "LOG10", "EXP" };

    private static readonly HashSet<string> s_twoArguments = new(StringComparer.OrdinalIgnoreCase) { "ATAN2", "MODULO", "FRACDIFF", "DIFFABS", "ROUND", "POWER", "MIN", "MAX" };

    public static bool IsFunction(string word) => s_oneArgument.Contains(word) || s_twoArguments.Contains(word);

    /// <summary>Reduces the items as far as they go.</summary>
    /// <param name="items">In: with parentheses apart (<see cref="Tokens.SeparateParentheses"/>). Out: the results.</param>
    /// <param name="arrayOnly">Only what is in parentheses is worked out, as in <c>{1 (2 + 3)}</c>.</param>
    /// <exception cref="ScriptFault">It cannot be worked out.</exception>
    public static void Evaluate(List<string> items, bool arrayOnly = false)
    {
        while (FindDeepest(items) is var (left, right) && left >= 0)
        {
            if (left > 0 && IsFunction(items[left - 1]))
            {
                (items[left - 1], items[left]) = (items[left], items[left - 1]);
                left--;
            }
            List<string> inside = items.GetRange(left + 1, right - left - 1);
            EvaluateClause(inside);
            items.RemoveRange(left, right - left + 1);
            items.Insert(left, inside.Count > 0 ? inside[0] : throw new ScriptFault("there is nothing inside the parentheses"));
        }
        if (!arrayOnly)
            EvaluateClause(items);
    }

    /// <summary>The value of an expression inside brackets, which has no blanks.</summary>
    /// <exception cref="ScriptFault">It cannot be worked out.</exception>
    public static string OfSubscript(string expression)
    {
        var items = new List<string>();
        int begin = 0;
        for (int i = 0; i < expression.Length; i++)
        {
            if (!"()+-*/".Contains(expression[i]))
                continue;
            bool sign = expression[i] is '-' or '+' && i == begin && (items.Count == 0 || items[^1] is "(" or "+" or "-" or "*" or "/")
                && i + 1 < expression.Length && (char.IsAsciiDigit(expression[i + 1]) || expression[i + 1] == '.');
            if (sign)
                continue;
            if (i > begin)
                items.Add(expression[begin..i]);
            items.Add(expression[i].ToString());
            begin = i + 1;
        }
        if (begin < expression.Length)
            items.Add(expression[begin..]);
        Evaluate(items);
        return items.Count == 1 ? items[0] : throw new ScriptFault($"the array index '{expression}' does not reduce to one number");
    }

    /// <exception cref="ScriptFault">It is no number.</exception>
    public static double ToNumber(string item)
        => Numbers.TryParse(item, out double value) ? value : throw new ScriptFault($"'{item}' is not a number and cannot be calculated with");

    private static (int Left, int Right) FindDeepest(List<string> items)
    {
        int level = 0, deepest = 0, left = -1, right = -1;
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] == "(")
            {
                if (++level > deepest)
                    (deepest, left, right) = (level, i, -1);
            }
            else if (items[i] == ")")
            {
                if (level == deepest && right < 0)
                    right = i;
                level--;
            }
        }
        if (level != 0 || (left >= 0 && right < left) || (left < 0 && right >= 0))
            throw new ScriptFault("the parentheses are not balanced");
        return (left, right);
    }

    private static void EvaluateClause(List<string> items)
    {
        Operators(items, "*", "/");
        Operators(items, "+", "-");
        for (int i = 0; i < items.Count; i++)
        {
            string word = items[i].ToUpperInvariant();
            if (word == "RAND")
                items[i] = Numbers.Format(Random.Shared.NextDouble());
            else if (s_oneArgument.Contains(word) && i + 1 < items.Count)
                Replace(items, i, 2, OfOne(word, ToNumber(items[i + 1])));
            else if (s_twoArguments.Contains(word) && i + 1 < items.Count)
                Replace(items, i, 3, OfTwo(word, ToNumber(items[i + 1]), ToNumber(i + 2 < items.Count ? items[i + 2] : "")));
        }
    }

    private static void Operators(List<string> items, string first, string second)
    {
        for (int i = 0; i < items.Count; i++)
        {
            string op = items[i];
            if (op != first && op != second)
                continue;
            if (i == 0 && op == "-" && items.Count > 1)
            {
                Replace(items, 0, 2, -ToNumber(items[1]));
                continue;
            }
            if (i == 0 || i == items.Count - 1)
                throw new ScriptFault($"the operator {op} is at the beginning or end of a line or clause");
            double left = ToNumber(items[i - 1]), right = ToNumber(items[i + 1]);
            Replace(items, i - 1, 3, op switch
            {
                "*" => left * right,
                "+" => left + right,
                "-" => left - right,
                _ when Math.Abs(right) < 1e-30 * Math.Abs(left) || right == 0 => throw new ScriptFault("division by zero or by a very small number"),
                _ => left / right,
            });
            i--;
        }
    }

    private static double OfOne(string function, double x) => function switch
    {
        "SQRT" when x < 0 => throw new ScriptFault($"square root of the negative number {Numbers.Format(x)}"),
        "SQRT" => Math.Sqrt(x),
        "COS" => Math.Cos(x * Math.PI / 180),
        "SIN" => Math.Sin(x * Math.PI / 180),
        "TAN" => Math.Tan(x * Math.PI / 180),
        "ATAN" => Math.Atan(x) * 180 / Math.PI,
        "ABS" => Math.Abs(x),
        "NEARINT" => Numbers.Nearest(x),
        "EXP" => Math.Exp(x),
        _ when x <= 0 => throw new ScriptFault($"logarithm of {Numbers.Format(x)}, which is not positive"),
        "LOG" => Math.Log(x),
        _ => Math.Log10(x),
    };

    private static double OfTwo(string function, double x, double y) => function switch
    {
        "ATAN2" => Math.Atan2(x, y) * 180 / Math.PI,
        "MODULO" => Numbers.Nearest(y) > 0 ? Numbers.Nearest(x) % Numbers.Nearest(y) : 0,
        "FRACDIFF" => Math.Max(Math.Abs(x), Math.Abs(y)) is var most && most < 1e-37 ? 0 : Math.Abs(x - y) / most,
        "DIFFABS" => Math.Abs(x - y),
        "ROUND" => Math.Pow(10, Numbers.Nearest(y)) is var scale ? Math.Floor(x * scale + 0.5) / scale : 0,
        "POWER" => Math.Pow(x, y),
        "MIN" => Math.Min(x, y),
        _ => Math.Max(x, y),
    };

    private static void Replace(List<string> items, int at, int count, double result)
    {
        items[at] = Numbers.Format(result);
        items.RemoveRange(at + 1, Math.Min(count, items.Count - at) - 1);
    }
}
