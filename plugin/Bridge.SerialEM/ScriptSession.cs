using System.Globalization;
using Bridge.Client;
using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>
/// What the functions of the table do. One script at a time: <see cref="PluginHost"/> lets one caller in. No thread and no host before the
/// first call that needs one.
/// </summary>
internal sealed partial class ScriptSession(PluginSettings settings, RolledLog log) : IDisposable
{
    private const double Success = 1, Pending = 0;

    private readonly HostLink _link = new(settings, log);
    private readonly SafetyEnvelope _envelope = new(settings.DataFolder);
    private readonly SessionChoices _choices = new();
    private ClientSession? _session;
    private string? _path;
    private IReadOnlyList<string> _warnings = [];
    private bool _isOpen;
    private double? _clockMin;
    private StageUm? _stage;
    private SuggestionReply? _last;
    private int? _confirmed;
    private bool _fallback;
    private int _shot; // of the others that were suggested last, the next

    /// <summary>Longest wait of one call.</summary>
    public TimeSpan Deadline { get; private set; } = new BridgeClientOptions().Deadline;

    /// <summary>Sentence of the last failure.</summary>
    public string LastFault { get; set; } = "nothing has failed";

    public double Connect(string text)
    {
        if (_session is not null && _link.Options.Endpoint is { } inUse && text != "-" && !text.StartsWith(inUse, StringComparison.Ordinal))
            throw new ContractException(FaultCode.SessionExists, $"Connect: a session is open at {inUse}; call CloseSession first");
        if (_session is null)
            _link.Choose(text);
        return _link.Greet(Deadline);
    }

    public double SetSession(string name)
        => Ids.IsValid(name) ? Done(_choices.Session = name) : throw Bad("SetSession", $"'{name}' is no name for a session: {Ids.Rule}");

    public double SetPlanner(string planner) => Done(_choices.Planner = planner == "-" ? null : planner);

    public double SetShadow(string planner) => Done(_choices.Shadow = planner == "-" ? null : planner);

    public double SetShots(double maxShift, double minutes)
    {
        _choices.MaxShiftUm = Check("SetShots", "the longest image shift", maxShift, 0, 1000);
        return Done(_choices.ShotMinutes = Check("SetShots", "minutes", minutes, 0.001, 1000));
    }

    public double SetSurveyMinutes(double minutes) => Done(_choices.SurveyMinutes = Check("SetSurveyMinutes", "minutes", minutes, 0.01, 1000));

    public double SetSeed(int seed) => Done(_choices.Seed = seed);

    public double SetMoveMinutes(ReadOnlySpan<double> minutes)
    {
        for (int i = 0; i < minutes.Length; i++)
            Check("SetMoveMinutes", "minutes", minutes[i], i == 0 ? 0.001 : minutes[i - 1], 1000);
        return Done(_choices.Minutes = string.Create(CultureInfo.InvariantCulture, $"{minutes[0]},{minutes[1]},{minutes[2]},{minutes[3]}"));
    }

    public double SetDeadline(double milliseconds)
        => Done(Deadline = TimeSpan.FromMilliseconds(Check("SetDeadline", "deadline", milliseconds, 0, 2000)));

    public double SetClock(double minutes)
    {
        _clockMin = Check("SetClock", "clock", minutes, 0, Request.MaxClockMin);
        if (_session is not null)
            _session.ClockMin = _clockMin;
        return Success;
    }

    public double OpenSession(string text)
    {
        string path = Path.GetFullPath(text.Trim('"'));
        string name = _choices.NameFor(path);
        bool isOther = _session is null || path != _path || name != _session.Session;
        if (_isOpen && isOther)
            throw new ContractException(FaultCode.SessionExists, $"OpenSession: a session on {_path} is open, perhaps by another script; call CloseSession first");
        if (isOther)
        {
            Forget();
            _path = path;
            BridgeClient client = _link.Client;
            _session = new ClientSession(client, _link.Options, name) { ClockMin = _clockMin };
        }
        Reply? reply = _session!.Open(_choices.ToRequest(name, path) with { Allowed = _envelope.Allowed }, Deadline);
        if (reply is FaultReply && !_isOpen)
            Forget();
        HostLink.Expect(reply);
        _link.CheckSilence(reply);
        if (reply is not SessionOpenedReply opened)
            return Pending;
        _isOpen = true;
        _link.AskVersion();
        log.Write($"session '{opened.Session}' on {path}: {opened.Targets} targets, planner {opened.Planner}{(opened.Resumed ? ", resumed" : "")}. {_link.Client.LastStart}");
        _warnings = opened.Warnings;
        foreach (string warning in opened.Warnings)
            log.Write($"warning: {warning}");
        return opened.Targets;
    }

    public double SetBudget(double minutes) => Tell(new SetBudgetRequest(Name, Check("SetBudget", "minutes", minutes, 0, SetBudgetRequest.MaxMinutes)));

    public double SetEndTime(string text) => text.Length is > 0 and <= SetEndTimeRequest.MaxLength
        ? Tell(new SetEndTimeRequest(Name, text))
        : throw Bad("SetEndTime", $"'{text}' is no end time; it looks like 2026-01-31T07:30 or 07:30");

    public double UpdateStage(double x, double y, double z)
    {
        StageUm stage = new(CheckUm("UpdateStage", "X", x), CheckUm("UpdateStage", "Y", y), CheckUm("UpdateStage", "Z", z));
        double result = Tell(new UpdateStageRequest(Name, stage));
        _stage = stage;
        return result;
    }

    public double ReportVisit(int item) => Tell(new ReportVisitRequest(Name, CheckItem("ReportVisit", item)));

    public double ReportCtf(ReadOnlySpan<double> values) => Tell(new ReportCtfRequest(
        Name, CheckItem("ReportCtf", values[0]), Check("ReportCtf", "resolution", values[1], 0.1, 1000))
    {
        FitScore = values[2],
        DefocusUm = values[3],
    });

    public double ReportScore(ReadOnlySpan<double> values) => Tell(new ReportCtfRequest(
        Name, CheckItem("ReportScore", values[0]), Check("ReportScore", "resolution", values[1], 0.1, 1000))
    {
        FitScore = values[2],
        DefocusUm = values[3],
        Score = Check("ReportScore", "score", values[4], 0, 1e9),
    });

    public double ReportMove(double item, double minutes) => Tell(new ReportMoveRequest(
        Name, CheckItem("ReportMove", item), Check("ReportMove", "minutes", minutes, ReportMoveRequest.MinMinutes, ReportMoveRequest.MaxMinutes)));

    public double ReadPredictions(string path) => Tell(new ReportPredictionsRequest(Name, []) { Path = Path.GetFullPath(path.Trim('"')) });

    public double ReportSkipped(int item, int reason) => Tell(new ReportSkippedRequest(
        Name, CheckItem("ReportSkipped", item), (SkipReason)(int)Check("ReportSkipped", "reason", reason, 0, 5)));

    public double CloseSession()
    {
        string name = Name;
        Reply? reply;
        try
        {
            reply = _link.Poll("close " + name, new CloseSessionRequest(name) { ClockMin = _clockMin }, Deadline);
        }
        catch (ContractException e) when (e.Code is FaultCode.HostUnreachable or FaultCode.UnknownSession)
        {
            // Closed for the script all the same: a host that comes back still gets the request.
            Forget();
            throw;
        }
        if (reply is not SessionClosedReply closed)
            return Pending;
        log.Write($"session '{name}' closed, {closed.Events} events kept");
        Forget();
        return closed.Events;
    }

    public void Dispose()
    {
        Forget();
        _link.Dispose();
    }

    /// <summary>Name of the open session.</summary>
    /// <exception cref="ContractException">None is open.</exception>
    private string Name => Open.Session;

    private ClientSession Open => _isOpen ? _session! : throw new ContractException(FaultCode.UnknownSession, FaultTexts.Of(FaultCode.UnknownSession));

    /// <summary>Tells the host something: 1 if it has it, 0 if it will have it as soon as it answers.</summary>
    private double Tell(SessionRequest request)
        => HostLink.Expect(Open.Tell(request, _link.Client.IsHostAway ? TimeSpan.Zero : Deadline)) is null ? Pending : Success;

    private void Forget()
    {
        _session?.Dispose();
        (_session, _path, _warnings, _isOpen, _last, _confirmed, _stage, _fallback) = (null, null, [], false, null, null, null, false);
    }

    private static double Done<T>(T _) => Success;

    private static double CheckUm(string function, string name, double value) => Check(function, name, value, -StageUm.Limit, StageUm.Limit);

    private static int CheckItem(string function, double item)
        => item == Math.Floor(item) && item is >= 1 and <= Target.MaxItem ? (int)item : throw Bad(function, FormattableString.Invariant($"{item} is no Navigator item; items count from 1{NoteOnZero(item)}"));

    private static double Check(string function, string name, double value, double min, double max)
        => value >= min && value <= max ? value : throw Bad(function, FormattableString.Invariant($"{name} must be {min} to {max}, got {value}{NoteOnZero(value)}"));

    /// <summary>SerialEM gives a plugin 0 where a script has a word instead of a number.</summary>
    private static string NoteOnZero(double value) => value == 0 ? "; SerialEM makes 0 of a word and of a misspelt variable" : "";

    private static ContractException Bad(string function, string why) => new(FaultCode.BadField, $"{function}: {why}");
}
