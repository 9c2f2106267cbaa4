using System.Globalization;
using System.Text;
using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>What the script chose for the session that it opens next.</summary>
internal sealed class SessionChoices
{
    private const int MaxStem = 40;

    public string? Session { get; set; }

    public string? Planner { get; set; }

    public string? Shadow { get; set; }

    public double? SurveyMinutes { get; set; }

    public double? MaxShiftUm { get; set; }

    public double? ShotMinutes { get; set; }

    /// <summary>Null as long as nobody asked for anything.</summary>
    public Goal? Goal { get; set; }

    public int Seed { get; set; }

    public string? Minutes { get; set; }

    /// <summary>The chosen name, or one that follows from the file, so that the same file resumes the same session.</summary>
    public string NameFor(string path)
    {
        if (Session is not null)
            return Session;
        var name = new StringBuilder();
        foreach (char c in Path.GetFileNameWithoutExtension(path).AsSpan())
        {
            if (name.Length < MaxStem)
                name.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_');
        }
        // Files of one name in two folders are two sessions. FNV-1a: the same number in every process.
        uint hash = 2166136261;
        foreach (char c in path)
            hash = (hash ^ c) * 16777619;
        return name.Append('.').Append(hash.ToString("x8", CultureInfo.InvariantCulture)).ToString() is var made && Ids.IsValid(made) ? made : "session" + made;
    }

    /// <summary>Name of the session of an alignment or a scan: the same each time, so that one begins anew in the session of the last.</summary>
    /// <param name="kind"><c>alignment</c> or <c>scan</c>.</param>
    /// <exception cref="ContractException">The chosen name leaves no room.</exception>
    public string NameFor(SessionKind kind)
    {
        string suffix = kind == SessionKind.Alignment ? "alignment" : "scan";
        string name = Session is null ? suffix : $"{Session}.{suffix}";
        return Ids.IsValid(name) ? name : throw new ContractException(FaultCode.BadField, $"'{Session}' (SetSession) is too long: '{name}' is no name for a session; {Ids.Rule}");
    }

    public OpenSessionRequest ToRequest(string session, string path) => new(session)
    {
        Path = path, Planner = Planner, Shadow = Shadow, Seed = Seed, Minutes = Minutes, Goal = Goal,
        SurveyMinutes = Planner == "adaptive" ? SurveyMinutes : null,
        MaxShiftUm = Planner == "groups" ? MaxShiftUm : null,
        ShotMinutes = Planner == "groups" ? ShotMinutes : null,
    };
}
