using Bridge.StandIn.Language;

namespace Bridge.StandIn.Checking;

/// <summary>What the check found at one line.</summary>
/// <param name="Refuses">True if SerialEM would not run the script; false for a warning.</param>
internal sealed record CheckProblem(Script Script, int Line, string Text, string Message, bool Refuses)
{
    public override string ToString() => $"{Script} line {Line}: {(Refuses ? "" : "warning: ")}{Message}{(Text.Length > 0 ? $": {(Text.Length <= 200 ? Text : Text[..200] + "…")}" : "")}";
}
