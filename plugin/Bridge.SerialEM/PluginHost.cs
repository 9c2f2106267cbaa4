using Bridge.Client;
using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>
/// Carries out calls by name: checks the arguments, lets one caller in at a time, turns every failure into a code and keeps its sentence.
/// Nothing is thrown out of it, and no call waits longer than the deadline. Thread-safe.
/// </summary>
public sealed class PluginHost : IDisposable
{
    /// <summary>Longest text argument, in characters.</summary>
    public const int MaxText = 4096;

    private readonly Lock _gate = new();
    private readonly RolledLog _log;
    private readonly ScriptSession _session;
    private long _faults;

    public PluginHost(PluginSettings settings)
    {
        _log = new RolledLog(settings.DataFolder, "plugin");
        _session = new ScriptSession(settings, _log);
    }

    /// <summary>The sentence of the last failure, as <c>Explain 0 0 0 fault</c> gives it.</summary>
    public string LastFault => _session.LastFault;

    /// <summary>Calls one function of the table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ints">As many as the table says.</param>
    /// <param name="doubles">As many as the table says; none for a function with results.</param>
    /// <param name="text">The text argument, if it has one.</param>
    /// <param name="outs">Takes the results; at least as many as the table says. All 0 unless the call succeeds.</param>
    /// <param name="textOut">The text that comes back; of a function that gives text it is the reason if the call fails.</param>
    /// <returns>Positive for success, 0 for pending, a <see cref="FaultCode"/> for failure.</returns>
    public double Invoke(string name, ReadOnlySpan<int> ints, ReadOnlySpan<double> doubles, string? text, Span<double> outs, out string? textOut)
    {
        textOut = null;
        bool entered = false;
        try
        {
            outs.Clear();
            PluginFunction function = PluginFunctions.Find(name)
                ?? throw new ContractException(FaultCode.UnknownMessageType, $"no function '{name}' in plugin {PluginFunctions.PluginName}; Explain 0 0 0 help lists them");
            var call = new FunctionCall { Ints = ints, Doubles = doubles, Text = (text ?? "").Trim(), Outs = outs };
            CheckForm(function, in call, text);
            entered = _gate.TryEnter();
            if (!entered)
                throw new ContractException(FaultCode.Busy, $"{name}: another call is at work; only one script at a time may use the plugin");
            double result = function.Body(_session, ref call);
            textOut = call.TextOut;
            return result;
        }
        catch (ContractException e)
        {
            return Fail(name, e.Code, e.Message, outs, out textOut);
        }
        catch (Exception e)
        {
            // Nothing may unwind into SerialEM.
            return Fail(name, FaultCode.Internal, $"{name}: {e.GetType().Name}: {e.Message}", outs, out textOut);
        }
        finally
        {
            if (entered)
                _gate.Exit();
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        FlushLog();
    }

    /// <summary>Waits, two seconds at most, until the log so far is on its way to the disk.</summary>
    internal void FlushLog() => _log.Flush(TimeSpan.FromSeconds(2));

    private static void CheckForm(PluginFunction function, in FunctionCall call, string? text)
    {
        if (call.Ints.Length != function.NumInts || call.Doubles.Length != function.DoublesIn || call.Outs.Length < function.DoublesOut)
            throw new ContractException(FaultCode.BadField, $"{function.Name}: wrong number of values; use it as: {function.Usage}");
        if (function.IfString > 0 && string.IsNullOrWhiteSpace(text))
            throw new ContractException(FaultCode.BadField, $"{function.Name}: a text is missing; use it as: {function.Usage}");
        if (call.Text.Length > MaxText)
            throw new ContractException(FaultCode.TooLarge, $"{function.Name}: the text has {call.Text.Length} characters, the limit is {MaxText}");
        foreach (double value in call.Doubles)
        {
            if (!double.IsFinite(value))
                throw new ContractException(FaultCode.BadField, $"{function.Name}: {value} is no number to work with; use it as: {function.Usage}");
        }
    }

    private double Fail(string name, FaultCode code, string message, Span<double> outs, out string? textOut)
    {
        outs.Clear();
        textOut = FaultTexts.Sentence(code, message);
        _session.LastFault = textOut;
        // The first, second, fourth … so that a script that asks in a circle does not fill the log.
        long faults = Interlocked.Increment(ref _faults);
        if ((faults & (faults - 1)) == 0)
            _log.Write($"{name} failed (failure {faults}): {textOut}");
        return (double)code;
    }
}
