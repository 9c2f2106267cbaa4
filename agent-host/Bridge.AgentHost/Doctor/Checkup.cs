using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Bridge.AgentHost.Serving;
using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.Classifier;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Journal;

namespace Bridge.AgentHost.Doctor;

/// <summary>Looks at everything that a host needs on this computer. Each check says what it found, and what to do if that is bad.</summary>
public sealed class Checkup(CheckupSettings settings, TimeProvider time)
{
    private const long EnoughBytes = 500L * 1024 * 1024;
    private static readonly TimeSpan HostLimit = TimeSpan.FromSeconds(2);

    private readonly string _dataFolder = settings.DataFolder;
    private readonly string _endpoint = settings.Endpoint;

    public IEnumerable<Finding> Run()
    {
        yield return new("program", Health.Ok, $"agent-host {RequestDispatcher.Version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        yield return Processor();
        yield return Clock();
        yield return Folder();
        yield return DiskSpace();
        foreach (Finding finding in Journals())
            yield return finding;
        yield return Models();
        yield return ScanModels();
        yield return Classifier();
        foreach (Finding finding in PluginCheck.Run(settings.PluginFolder))
            yield return finding;
        yield return Secret();
        yield return Host();
    }

    private static Finding Processor() => Vector256.IsHardwareAccelerated
        ? new("processor", Health.Ok, $"{Environment.ProcessorCount} cores, vectors of {(Vector512.IsHardwareAccelerated ? 512 : 256)} bits")
        : new("processor", Health.Note, $"{Environment.ProcessorCount} cores, no AVX2: everything works, training is slower");

    private Finding Models()
    {
        string[] files = Directory.Exists(settings.ModelFolder) ? [.. Directory.GetFiles(settings.ModelFolder, "*.safetensors").Order(StringComparer.Ordinal)] : [];
        var wrong = new List<string>();
        foreach (string file in files)
        {
            try
            {
                ModelCard.Check(file, required: true);
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                wrong.Add(e.Message);
            }
        }
        wrong.AddRange(PlannerCatalog.WithoutModels.WithShipped(PlannerModels.All, settings.ModelFolder).Unusable.Values.Except(wrong));
        if (wrong.Count > 0)
            return new("models", Health.Bad, $"{string.Join("; ", wrong)}. Sessions that ask for them get '{Planners.Default}'; repair the installation");
        return files.Length > 0
            ? new("models", Health.Ok, $"weights for {string.Join(", ", files.Select(Path.GetFileNameWithoutExtension))}, as their cards describe them")
            : new("models", Health.Note, $"no weights in {settings.ModelFolder}; learned planners need --model NAME=FILE. If the installer put some there, repair the installation");
    }

    private Finding Secret()
    {
        if (settings.SecretFile is null)
            return new("secret", Health.Ok, "none asked for; whoever runs programs on this computer may talk to the host");
        try
        {
            HostSecret.Read(settings.SecretFile);
            return new("secret", Health.Ok, $"{settings.SecretFile} can be read");
        }
        catch (ContractException e)
        {
            return new("secret", Health.Bad, $"{e.Message}; make the file readable for this user, or name another with --secret-file");
        }
    }

    private static Finding Classifier()
    {
        if (!ClassifierModel.IsShipped)
            return new("scores of holes", Health.Note, "no weights came with the program: score_holes needs --classifier FILE");
        try
        {
            _ = ClassifierModel.Shipped;
            return new("scores of holes", Health.Ok, "weights as their card describes them; they learned from simulated pictures, see agent-host/Bridge.Agents/Classifier/README.md");
        }
        catch (ContractException e)
        {
            return new("scores of holes", Health.Bad, e.Message);
        }
    }

    private static Finding ScanModels()
    {
        if (!ScanModel.IsShipped)
            return new("partial scans", Health.Note, $"no weights came with the program: scans follow '{ScanPolicies.Default}' and their images are interpolated");
        try
        {
            _ = ScanModel.Shipped;
            return new("partial scans", Health.Ok, "weights as their card describes them");
        }
        catch (ContractException e)
        {
            return new("partial scans", Health.Bad, e.Message);
        }
    }

    private Finding Clock()
    {
        DateTimeOffset now = time.GetUtcNow();
        return now.Year is >= 2025 and < 2100
            ? new("clock", Health.Ok, $"{now:yyyy-MM-dd HH:mm} UTC")
            : new("clock", Health.Bad, $"the clock says {now:yyyy-MM-dd}; set it, or journals carry wrong dates");
    }

    private Finding Folder()
    {
        string probe = Path.Combine(_dataFolder, $"doctor-{Ids.New()}.tmp");
        try
        {
            Directory.CreateDirectory(_dataFolder);
            long start = Stopwatch.GetTimestamp();
            using (var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose))
            {
                file.Write("doctor"u8);
                file.Flush(flushToDisk: true);
            }
            double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return ms < 50
                ? new("data folder", Health.Ok, $"{_dataFolder}: a flushed write takes {ms:0.0} ms")
                : new("data folder", Health.Note, $"{_dataFolder}: a flushed write takes {ms:0} ms, every answer waits for one; a local disk is better than a network drive");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("data folder", Health.Bad, $"cannot write to {_dataFolder}: {e.Message} Choose another with --data-folder, or mend its permissions.");
        }
    }

    private Finding DiskSpace()
    {
        try
        {
            long free = new DriveInfo(Path.GetFullPath(_dataFolder)).AvailableFreeSpace;
            return free >= EnoughBytes
                ? new("disk space", Health.Ok, $"{free / 1e9:0.0} GB free")
                : new("disk space", Health.Bad, $"only {free / 1e6:0} MB free; make room, a full disk stops every session");
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return new("disk space", Health.Note, $"cannot be told: {e.Message}");
        }
    }

    private IEnumerable<Finding> Journals()
    {
        string folder = Path.Combine(_dataFolder, "sessions");
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jsonl") : [];
        int whole = 0;
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            Finding? damage = null;
            try
            {
                foreach (JournalEntry entry in JournalReader.Read(path))
                    JournalledExchange.From(entry);
                whole++;
            }
            catch (ContractException e)
            {
                damage = new("journal", Health.Bad, $"{e.Message} Keep a copy of the file, then move it out of {folder}.");
            }
            if (damage is not null)
                yield return damage;
        }
        yield return new("journals", Health.Ok, $"{whole} of {paths.Length} whole");
    }

    private Finding Host()
    {
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = _endpoint, AttemptTimeout = HostLimit, Secret = ReadableSecret() });
        long start = Stopwatch.GetTimestamp();
        Reply? reply = client.Ask(new HelloRequest("agent-host doctor"), HostLimit);
        double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (reply is WelcomeReply welcome)
        {
            return welcome.HostVersion == RequestDispatcher.Version
                ? new("host", Health.Ok, $"{_endpoint} answers in {ms:0.0} ms, {welcome.Sessions.Count} sessions open")
                : new("host", Health.Bad, $"{_endpoint} runs version {welcome.HostVersion}, this program is {RequestDispatcher.Version}; stop that host and start this one");
        }
        if (reply is FaultReply fault)
            return new("host", Health.Bad, $"{_endpoint}: {fault.Message}");
        return IsTaken()
            ? new("host", Health.Bad, $"something listens on {_endpoint} but is no agent host, or wants a secret; choose another port with serve --endpoint")
            : new("host", Health.Note, $"nobody listens on {_endpoint}; start one with: agent-host serve");
    }

    private string? ReadableSecret()
    {
        try
        {
            return settings.SecretFile is { } file ? HostSecret.Read(file) : null;
        }
        catch (ContractException)
        {
            return null;  // the check of the secret says so
        }
    }

    private bool IsTaken()
    {
        var uri = new Uri(_endpoint);
        using var probe = new TcpClient();
        try
        {
            return probe.ConnectAsync(uri.Host, uri.Port).Wait(HostLimit);
        }
        catch (AggregateException)
        {
            return false;  // refused: nobody is there
        }
    }
}
