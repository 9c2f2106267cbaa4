using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn.Commands;

/// <summary>One command with its arguments, variables put in and arithmetic done. Arguments count from 1; item 0 is the command.</summary>
internal readonly struct CommandCall(Interpreter run, Frame frame, CommandInfo info, ScriptLine line, List<string> items)
{
    public Interpreter Run => run;

    public Frame Frame => frame;

    public World World => run.World;

    public CommandInfo Info => info;

    public ScriptLine Line => line;

    /// <summary>Position of the line among the script's lines.</summary>
    public int LineIndex => frame.Position - 1;

    public List<string> Items => items;

    public bool Has(int index) => index < items.Count;

    /// <summary>The argument, or an empty text.</summary>
    public string Text(int index) => index < items.Count ? items[index] : "";

    /// <summary>The number the argument begins with; 0 if there is none.</summary>
    public int Integer(int index) => Numbers.LeadingInteger(Text(index));

    /// <inheritdoc cref="Integer"/>
    public double Number(int index) => Numbers.Leading(Text(index));

    /// <summary>An option that is on if it is left out.</summary>
    public bool IsOn(int index) => !Has(index) || Integer(index) != 0;

    /// <summary>The rest of the line, blanks and all, behind some items; variables put in.</summary>
    public string Rest(int itemCount) => run.Rest(line.Text, itemCount);

    /// <summary>Sets the reported values.</summary>
    public void Report(params ReadOnlySpan<double> values) => ReportTo(int.MaxValue, values);

    /// <summary>Sets the reported values, and the variables that the line names from an argument on.</summary>
    public void ReportTo(int firstVariable, params ReadOnlySpan<double> values)
    {
        var texts = new string[values.Length];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = Numbers.Format(values[i]);
        ReportTextTo(firstVariable, texts);
    }

    /// <inheritdoc cref="ReportTo(int, ReadOnlySpan{double})"/>
    public void ReportTextTo(int firstVariable, params ReadOnlySpan<string> values)
    {
        run.Variables.Report(values);
        for (int i = 0; i < values.Length && firstVariable < items.Count - i; i++)
            run.Variables.Set(items[firstVariable + i], values[i]);
    }

    /// <summary>Sets a variable that the command itself names.</summary>
    public void Set(string variable, double value) => run.Variables.Set(variable, Numbers.Format(value));

    /// <summary>Writes the sentence that SerialEM logs for this command, unless the script suppressed reports.</summary>
    public void LogReport(string text)
    {
        if (!run.World.SuppressReports)
            run.World.Log.Write(text);
    }
}
