using System.Globalization;
using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>Suggestions, what is allowed, and why.</summary>
internal sealed partial class ScriptSession
{
    private const double NoMoreShots = 2;

    public double SuggestNextHole(ref FunctionCall call)
    {
        Client.ClientSession session = Open;
        _envelope.CheckStop();
        Reply? reply = HostLink.Expect(session.SuggestNext(Deadline));
        if (reply is not SuggestionReply suggestion)
            return Pending;
        NoteFallback(suggestion.Fallback);
        _confirmed = null;
        if (suggestion.Target is { } target)
        {
            if (_envelope.RefusalOf(target) is { } why)
                throw Refuse(target, why);
            double probability = suggestion.Fallback || suggestion.Kind == SuggestionKind.Survey ? -1 : suggestion.Probability;
            call.Give(target.Item, probability, suggestion.Fallback ? -1 : suggestion.ExpectedMinutes);
        }
        else if (suggestion.Leaves is { } level)
        {
            call.Give((double)level, -1, -1);
        }
        (_last, _shot) = (suggestion, 0);
        return (double)suggestion.Kind;
    }

    public double SuggestedStage(ref FunctionCall call)
    {
        StageUm stage = Suggested("SuggestedStage").Stage;
        call.Give(stage.X, stage.Y, stage.Z);
        return Success;
    }

    public double NextShot(ref FunctionCall call)
    {
        _envelope.CheckStop();
        StageUm stage = Suggested("NextShot").Stage;
        while (_shot < _last!.Others.Count)
        {
            Target other = _last.Others[_shot++];
            if (_envelope.RefusalOf(other) is not null)
            {
                Open.Tell(new ReportSkippedRequest(Name, other.Item, SkipReason.OutOfReach), TimeSpan.Zero);
                continue;
            }
            call.Give(other.Item, other.Stage.X - stage.X, other.Stage.Y - stage.Y);
            return Success;
        }
        return NoMoreShots;
    }

    public double SetStageLimits(ReadOnlySpan<double> limits)
    {
        foreach (double limit in limits)
            CheckUm("SetStageLimits", "limit", limit);
        if (limits[0] > limits[1] || limits[2] > limits[3])
            throw Bad("SetStageLimits", "the least value must not be larger than the most; the order is least X, most X, least Y, most Y");
        _envelope.SetStage(limits[0], limits[1], limits[2], limits[3]);
        return Success;
    }

    public double SetImageShiftLimit(double limit) => Done(_envelope.ImageShiftLimitUm = Check("SetImageShiftLimit", "limit", limit, 0, 1000));

    public double SetAllowedSquares(string names)
    {
        _envelope.SetSquares(names == "-" ? null : names.Split((char[])[' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return Success;
    }

    public double SetMode(int mode) => Done(_envelope.Mode = (MoveMode)(int)Check("SetMode", "mode", mode, 1, 3));

    public double Confirm(int item)
    {
        int suggested = Suggested("Confirm").Item;
        if (item != suggested)
            throw Bad("Confirm", $"item {item} was not suggested last, item {suggested} was");
        return Done(_confirmed = item);
    }

    public double MayMove(double x, double y)
    {
        _envelope.CheckStop();
        if (_envelope.RefusalOf(CheckUm("MayMove", "X", x), CheckUm("MayMove", "Y", y)) is { } why)
            throw new ContractException(FaultCode.OutsideEnvelope, "MayMove: " + why);
        return _envelope.Mode switch
        {
            MoveMode.Auto => Success,
            MoveMode.Confirm when _confirmed is not null => Success,
            MoveMode.Confirm => throw new ContractException(FaultCode.NotAllowed, "MayMove: the mode is confirm, and nobody has confirmed the last suggestion; call Confirm with its item"),
            _ => throw new ContractException(FaultCode.NotAllowed, "MayMove: the mode is advise; SetMode 2 or 3 allows moves"),
        };
    }

    public double MayShift(double x, double y)
    {
        _envelope.CheckStop();
        double shift = Math.Sqrt(x * x + y * y);
        return shift <= _envelope.ImageShiftLimitUm ? Success : throw new ContractException(
            FaultCode.OutsideEnvelope, FormattableString.Invariant($"MayShift: an image shift of {shift:0.###} um is beyond the limit of {_envelope.ImageShiftLimitUm:0.###} um (SetImageShiftLimit)"));
    }

    public double Stop()
    {
        _envelope.Stop();
        log.Write("stop");
        return Success;
    }

    public double Resume()
    {
        _envelope.Resume();
        log.Write("resume");
        return Success;
    }

    public double Explain(ref FunctionCall call)
    {
        string about = call.Text;
        call.TextOut = about switch
        {
            "fault" => LastFault,
            "last" => _last is null ? "nothing was suggested yet" : _last.Target is { } target ? $"item {target.Item}: {_last.Why}" : _last.Why,
            "warnings" => Warnings(),
            "alignment" => _beamShift?.Why ?? "no shift was asked for yet",
            "scan" => _segment?.Why ?? "no segment was asked for yet",
            "version" => $"Bridge {HostLink.Version}, host at {_link.Options.Endpoint}{(_isOpen && _link.Client.IsHostAway ? ", which does not answer" : "")}{(_link.VersionWarning is { } warning ? $"; {warning}" : "")}",
            "help" => "functions: " + string.Join(", ", PluginFunctions.All.Select(function => function.Name)),
            _ when about.StartsWith("help ", StringComparison.Ordinal) => Help(about[5..].Trim()),
            _ when about.StartsWith("code ", StringComparison.Ordinal) => OfCode(about[5..]),
            _ => null,
        };
        if (call.TextOut is not null)
            return Success;
        if (_link.Poll("explain " + about, new ExplainRequest(Name, about) { ClockMin = _clockMin }, Deadline) is ExplanationReply explanation)
        {
            call.TextOut = explanation.Text;
            return Success;
        }
        call.TextOut = "the host has not answered yet; ask again";
        return Pending;
    }

    private string Warnings()
    {
        string file = !_isOpen ? "no session is open" : _warnings.Count == 0 ? "nothing odd was found in the file" : string.Join("; ", _warnings);
        return _link.VersionWarning is { } warning ? $"{warning}; {file}" : file;
    }

    private static string Help(string name)
        => PluginFunctions.Find(name) is { } function ? $"{function.Usage}: {function.Help}" : throw Bad("Explain", $"no function '{name}'; help without a name lists them");

    private static string OfCode(string text)
        => int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int code) && code < 0
            ? FaultTexts.Sentence((FaultCode)code, "")
            : throw Bad("Explain", $"'{text}' is no fault code; they are negative whole numbers");

    private Target Suggested(string function)
        => _last?.Target ?? throw new ContractException(FaultCode.UnknownItem, $"{function}: no target is suggested; call SuggestNextHole until it returns 1");

    /// <summary>The host hears that the target was not visited, and where the stage still is.</summary>
    private ContractException Refuse(Target target, string why)
    {
        _last = null;
        Open.Tell(new ReportSkippedRequest(Name, target.Item, SkipReason.OutOfReach), TimeSpan.Zero);
        if (_stage is { } stage)
            Open.Tell(new UpdateStageRequest(Name, stage), TimeSpan.Zero);
        return new ContractException(FaultCode.OutsideEnvelope, $"{why}; it will not be suggested again, ask for the next hole");
    }

    private void NoteFallback(bool fallback)
    {
        if (fallback == _fallback)
            return;
        _fallback = fallback;
        log.Write(fallback ? $"the host does not answer; the plugin's own order (nearest target) goes on. {_link.Client.LastStart}" : "the host answers again");
    }
}
