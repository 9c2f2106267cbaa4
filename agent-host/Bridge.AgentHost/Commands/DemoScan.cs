using System.CommandLine;
using Bridge.AgentHost.Demo;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Simulation;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Images;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host demo --scan</c>: partial scans of images, simulated or from a file, through a real host and a real socket.</summary>
internal sealed class DemoScan
{
    private const string Default = "scan-demo.png";

    private static readonly SpecimenKind[] Kinds = [SpecimenKind.ParticleGroup, SpecimenKind.Edge, SpecimenKind.OneGrain, SpecimenKind.Hole, SpecimenKind.Crystal, SpecimenKind.SingleAtoms];

    private readonly Option<bool> _scan = new("--scan") { Description = "Scan images partially instead, adaptively and along a spiral, and draw what comes of it." };
    private readonly Option<FileInfo?> _image = new("--image") { Description = "With --scan: image or stack to play back (NPY, MRC, TIFF, PNG). Default: simulated specimens." };
    private readonly Option<int> _index = new("--index") { Description = "With --image: the first image to take, from 0.", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _images = new("--images") { Description = "With --scan: how many images.", DefaultValueFactory = _ => 6 };
    private readonly Option<double> _jitter = new("--jitter") { Description = "With --scan: error of each position, px.", DefaultValueFactory = _ => 0.5 };
    private readonly Option<double> _dwell = new("--dwell-us") { Description = "With --scan: time at a position, µs.", DefaultValueFactory = _ => new ScanControllerSettings().DwellUs };
    private readonly Option<double> _flyback = new("--flyback-us") { Description = "With --scan: time after a jump of the beam, µs.", DefaultValueFactory = _ => new ScanControllerSettings().FlybackUs };
    private readonly Option<FileInfo> _out = new("--sheet") { Description = "With --scan: where the picture sheet goes, a PNG.", DefaultValueFactory = _ => new FileInfo(Default) };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_scan, _image, _index, _images, _jitter, _dwell, _flyback, _out])
            command.Options.Add(option);
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_scan);

    /// <exception cref="ContractException">An option is out of range, the image cannot be read, or the host does not answer.</exception>
    public int Run(ParseResult parsed, int seed)
    {
        var settings = new ScanControllerSettings
        {
            JitterPx = InRange(parsed, _jitter, 0, 100),
            DwellUs = InRange(parsed, _dwell, 0.01, 1_000_000),
            FlybackUs = InRange(parsed, _flyback, 0, 1_000_000),
        };
        int count = CommonOptions.InRange("--images", parsed.GetValue(_images), 1, 50);
        FileInfo sheet = parsed.GetValue(_out)!;
        CommonOptions.MustBeWritable(sheet);
        IReadOnlyList<ScanImage> images = parsed.GetValue(_image) is { } file ? Read(file.FullName, parsed.GetValue(_index), count) : Simulate(count, seed);
        using HostProcess host = HostProcess.Start();
        using var client = new BridgeClient(host.Client);
        return ScanShow.Play(client, images, settings, seed, sheet.FullName, Terminal.Out) ? ExitCode.Done : ExitCode.Failed;
    }

    private static ScanImage[] Simulate(int count, int seed)
    {
        var random = new Random(seed);
        var settings = new SpecimenSettings { LeastCounts = 100 };
        return [.. Enumerable.Range(0, count).Select(i => SpecimenSimulator.Draw(Kinds[i % Kinds.Length], settings, random))];
    }

    private static List<ScanImage> Read(string path, int first, int count)
    {
        using ImageSource source = ImageFile.Open(path);
        CommonOptions.InRange("--index", first, 0, source.Count - 1);
        var images = new List<ScanImage>();
        for (int i = first; i < Math.Min(first + count, source.Count); i++)
        {
            Picture picture = source.Read(i);
            if (images.Count > 0 && (picture.Width != images[0].Width || picture.Height != images[0].Height))
                break;  // one sheet has one size
            try
            {
                images.Add(new ScanImage(picture.Values, picture.Width, picture.Height));
            }
            catch (ArgumentException e)
            {
                throw new ContractException(FaultCode.UnreadableFile, $"{path}, image {i}: {e.Message}", e);
            }
        }
        return images;
    }

    private static double InRange(ParseResult parsed, Option<double> option, double min, double max)
        => parsed.GetValue(option) is var value && value >= min && value <= max
            ? value
            : throw new ContractException(FaultCode.BadField, FormattableString.Invariant($"{option.Name} must be {min} to {max}, got {value}"));
}
