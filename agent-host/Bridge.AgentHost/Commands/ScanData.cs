using System.CommandLine;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Contracts;

namespace Bridge.AgentHost.Commands;

/// <summary>Which images to scan: for <c>train scan</c> and <c>evaluate scan</c>.</summary>
internal sealed class ScanData
{
    public const string Simulated = "simulated";

    private const string All = "all", Train = "train", Test = "test";

    private readonly Option<string> _data = new("--data") { Description = "Images (NPY, MRC, TIFF, PNG), or 'simulated'.", DefaultValueFactory = _ => Simulated };
    private readonly Option<string> _split;
    private readonly Option<int> _simulated;

    public ScanData(string split, int simulated, string simulatedText)
    {
        _split = new Option<string>("--split") { Description = $"Which of the file's groups: {All}, {Test} (every third by name, from the first) or {Train} (the others).", DefaultValueFactory = _ => split };
        _simulated = new Option<int>("--simulated") { Description = simulatedText, DefaultValueFactory = _ => simulated };
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _split, _simulated])
            command.Options.Add(option);
    }

    public string Name(ParseResult parsed) => parsed.GetValue(_data)!;

    /// <summary>How many to simulate.</summary>
    public int Count(ParseResult parsed, int least) => CommonOptions.InRange("--simulated", parsed.GetValue(_simulated), least, 100_000);

    /// <summary>The images of the file; none where all are simulated.</summary>
    /// <exception cref="ContractException">It cannot be read, or there is no such split.</exception>
    public IReadOnlyList<ScanImage> ReadFile(ParseResult parsed)
    {
        string data = Name(parsed), split = parsed.GetValue(_split)!;
        if (split is not (All or Train or Test))
            throw new ContractException(FaultCode.BadField, $"there is no split '{split}'; choose {All}, {Train} or {Test}");
        if (data == Simulated)
            return [];
        IReadOnlyList<ScanImage> images = ScanImages.Read(data);
        IReadOnlyList<ScanImage> chosen = split == All ? images : ScanImages.Split(images, split == Test);
        return chosen.Count > 0 ? chosen : throw new ContractException(FaultCode.BadField, $"{data} has no image for '{split}': all are of one group; choose --split {All}");
    }

    /// <summary>Images to measure on what was learned from the file's training groups: its other groups, or simulated ones of another seed.</summary>
    public IReadOnlyList<ScanImage> ReadTest(ParseResult parsed)
    {
        const int Count = 200, Seed = 99;
        string data = Name(parsed);
        if (data == Simulated)
            return ScanImages.Simulate(Count, Seed);
        IReadOnlyList<ScanImage> test = ScanImages.Split(ScanImages.Read(data), test: true);
        return parsed.GetValue(_split) == Train && test.Count > 0 ? test : throw new ContractException(FaultCode.BadField, $"no group of {data} is left to measure on: it needs groups, and --split {Train}");
    }
}
