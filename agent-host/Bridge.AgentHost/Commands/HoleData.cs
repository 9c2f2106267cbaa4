using System.CommandLine;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;
using Bridge.Agents.Classifier.Simulation;
using Bridge.Contracts;

namespace Bridge.AgentHost.Commands;

/// <summary>Which holes to learn from or to measure on: for <c>train classifier</c> and <c>evaluate classifier</c>.</summary>
internal sealed class HoleData
{
    private const string Y1 = "y1", Y3 = "y3", Varied = "varied", Mixed = "mixed";

    private readonly Option<string?> _simulate;
    private readonly Option<int> _sets = new("--sets") { Description = "Simulated sets, each of another seed; of 'varied' and 'mixed' each is another sample of 1000 holes.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _crop = new("--crop") { Description = "Pixels along a simulated crop.", DefaultValueFactory = _ => 32 };
    private readonly Option<FileInfo?> _data = new("--data") { Description = "Table of holes (CSV) with CTF values, in place of simulated ones; --crops has their pictures." };
    private readonly Option<FileInfo?> _crops = new("--crops") { Description = "Stack of square crops (NPY, MRC, TIFF), one for each row of the table." };
    private readonly Option<FileInfo[]> _sessions = new("--session") { Description = "Journals of the site's own sessions, whose crops lie beside them; may be given again. Labels are the measured CTF values." };

    /// <param name="simulate">What is simulated unless something else is asked for.</param>
    public HoleData(string simulate) => _simulate = new Option<string?>("--simulate") { Description = $"Simulated holes: {Y1} (4 017, of which a network calls some 88 % right), {Y3} (8 653, some 65 to 70 %), {Varied} (unlike samples), {Mixed} (more unlike: also in brightness from view to view). Default: {simulate}.", DefaultValueFactory = _ => simulate };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_simulate, _sets, _crop, _data, _crops, _sessions])
            command.Options.Add(option);
    }

    /// <summary>True if the holes are of real sessions.</summary>
    public bool IsSession(ParseResult parsed) => parsed.GetValue(_sessions) is { Length: > 0 };

    /// <summary>In words.</summary>
    public string Name(ParseResult parsed)
        => IsSession(parsed) ? string.Join(", ", parsed.GetValue(_sessions)!.Select(file => file.Name))
            : parsed.GetValue(_data) is { } table ? table.Name
            : $"simulated {parsed.GetValue(_simulate)}, {parsed.GetValue(_sets)} sets, crops of {parsed.GetValue(_crop)} px";

    /// <summary>Reads or simulates the holes.</summary>
    /// <param name="seed">Of the simulated ones.</param>
    /// <param name="cropSize">Pixels along a crop that a session's crops must have; null takes theirs.</param>
    /// <exception cref="ContractException">They cannot be read, or the options contradict each other.</exception>
    public HoleSet Read(ParseResult parsed, int seed, int? cropSize, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_sessions) is { Length: > 0 } journals)
            return SessionHoles.Read([.. journals.Select(file => file.FullName)], cropSize);
        if (parsed.GetValue(_data) is { } table)
            return HoleSetFiles.Read(table.FullName, parsed.GetValue(_crops)?.FullName ?? throw new ContractException(FaultCode.BadField, "--data needs --crops, the stack of their pictures"));
        int sets = CommonOptions.InRange("--sets", parsed.GetValue(_sets), 1, 1000), crop = CommonOptions.InRange("--crop", parsed.GetValue(_crop), 16, 256);
        string kind = parsed.GetValue(_simulate)!;
        var made = new List<HoleSet>(sets);
        for (int i = 0; i < sets; i++)
        {
            int own = unchecked(seed * 1000 + i);
            HoleSimulatorSettings settings = kind switch
            {
                Y1 => HoleSimulatorSettings.Y1 with { Seed = own },
                Y3 => HoleSimulatorSettings.Y3 with { Seed = own },
                Varied => HoleSimulatorSettings.Varied(own),
                Mixed => HoleSimulatorSettings.Mixed(own),
                _ => throw new ContractException(FaultCode.BadField, $"--simulate must be {Y1}, {Y3}, {Varied} or {Mixed}, got '{kind}'"),
            };
            int before = i;
            made.Add(HoleSimulator.Create(settings with { CropSize = crop, ScaleByView = true }, new DirectProgress(done => progress?.Report((before + done) / sets)), cancellationToken));
        }
        return HoleSet.Join(made);
    }
}
