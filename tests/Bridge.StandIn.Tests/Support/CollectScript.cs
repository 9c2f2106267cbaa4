namespace Bridge.StandIn.Tests.Support;

/// <summary>The shortest loop of a script's own: ask, go, measure, tell.</summary>
internal static class CollectScript
{
    public const string Text = """
        ScriptName Collect
        SuppressReports
        NoMessageBoxOnError
        budget = 480
        good = 0
        seen = 0
        Plugin Bridge SetClock 0
        ReportNavFile
        file = $RepVal1
        Loop 1000
          Plugin Bridge OpenSession $file
          If $RepVal1 != 0
            Break
          Endif
        EndLoop
        If $RepVal1 < 0
          CallFunction Fail
        Endif
        # The stage is at the first hole: it costs nothing and is not counted.
        ReportNavItem first
        Plugin Bridge ReportVisit $first
        CallFunction Measure $first
        Loop 10000
          ReportTickTime seconds
          minutes = $seconds / 60
          left = $budget - $minutes
          Plugin Bridge SetClock $minutes
          Plugin Bridge SetBudget $left
          Loop 1000
            Plugin Bridge SuggestNextHole
            If $RepVal1 != 0
              Break
            Endif
          EndLoop
          If $RepVal1 < 0
            CallFunction Fail
          ElseIf $RepVal1 != 1
            Break
          Endif
          item = $RepVal2
          MoveToNavItem $item
          ReportTickTime seconds
          minutes = $seconds / 60
          Plugin Bridge SetClock $minutes
          CallFunction Measure $item
          seen = $seen + 1
          If $resolution <= 6
            good = $good + 1
          Endif
        EndLoop
        Echo good $good of $seen
        Plugin Bridge CloseSession

        Function Measure 1 0 hole
          R
          CtfFind A -0.5 -3
          resolution = $RepVal6
          score = $RepVal5
          defocus = $RepVal1
          Plugin Bridge ReportCtf $hole $resolution $score $defocus
          If $RepVal1 < 0
            CallFunction Fail
          Endif
        EndFunction

        Function Fail
          Plugin Bridge Explain 0 0 0 fault
          Echo $RepVal2
          MoveStageTo 1e9 0
        EndFunction
        """;
}
