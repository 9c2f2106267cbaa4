namespace Bridge.StandIn.Language;

/// <summary>Names that no variable may have: the commands that control the flow, and the functions of arithmetic.</summary>
internal static class ReservedWords
{
    private static readonly HashSet<string> s_control = new(StringComparer.OrdinalIgnoreCase)
    {
        "REPEAT", "LOOP", "DOLOOP", "ENDLOOP", "IF", "ELSE", "ELSEIF", "ENDIF", "BREAK", "CONTINUE", "KEYBREAK", "SKIPTO", "TRY", "CATCH", "ENDTRY", "THROW",
        "CALL", "CALLMACRO", "CALLSCRIPT", "CALLFUNCTION", "DOMACRO", "DOSCRIPT", "FUNCTION", "ENDFUNCTION", "EXIT", "RETURN",
    };

    public static bool Contains(string word) => s_control.Contains(word) || Arithmetic.IsFunction(word) || word.Equals("RAND", StringComparison.OrdinalIgnoreCase);
}
