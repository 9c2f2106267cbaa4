using System.Threading.Channels;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;
using Bridge.Contracts;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// Scores holes in the background, one request after the other, on one thread of low priority: suggestions go first. What it finds is posted to the session as predictions, chunk by chunk, so that it is in
/// the journal like all that a client tells, and a resumed session gives the same answers.
/// </summary>
public sealed class HostClassifier : IDisposable
{
    private const int MostWaiting = 1000;

    private readonly Lazy<(ClassifierModel? Model, string? WhyNot)> _model;
    private readonly ILogger? _logger;
    private readonly Channel<(ScoringJob Job, Func<BridgeMessage?, string?, bool> Post)> _work = Channel.CreateBounded<(ScoringJob, Func<BridgeMessage?, string?, bool>)>(MostWaiting);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<Thread> _thread;

    /// <param name="read">Reads the model, at the first request; throws <see cref="ContractException"/> if it cannot be used.</param>
    public HostClassifier(Func<ClassifierModel> read, ILogger? logger = null)
    {
        _logger = logger;
        _model = new(() => Read(read, logger));
        _thread = new(() =>
        {
            var thread = new Thread(Run) { Name = "bridge-scores", IsBackground = true, Priority = ThreadPriority.BelowNormal };
            thread.Start();
            return thread;
        });
    }

    /// <summary>No weights.</summary>
    public static HostClassifier WithoutModel { get; } = new(() => throw NotShipped());

    /// <summary>Why nothing can be scored; null if it can.</summary>
    public string? WhyNot => _model.Value.WhyNot;

    /// <summary>With these weights, or those that came with the program.</summary>
    /// <param name="file">Weights; empty for those that came with the program.</param>
    public static HostClassifier Choose(string file, ILogger? logger = null)
        => new(() => file.Length > 0 ? ClassifierModel.Read(file) : ClassifierModel.IsShipped ? ClassifierModel.Shipped : throw NotShipped(), logger);

    /// <summary>Puts a job into the queue.</summary>
    /// <param name="post">Gives a message to the session, or says why there is none; false if the session takes it later: then it is tried again.</param>
    /// <exception cref="ContractException">Too many wait.</exception>
    public void Enqueue(ScoringJob job, Func<BridgeMessage?, string?, bool> post)
    {
        if (!_work.Writer.TryWrite((job, post)))
            throw new ContractException(FaultCode.Busy, $"{MostWaiting} requests to score holes wait already; ask again later");
        _ = _thread.Value;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _work.Writer.TryComplete();
    }

    private void Run()
    {
        try
        {
            while (_work.Reader.WaitToReadAsync(_stop.Token).AsTask().GetAwaiter().GetResult())
            {
                while (_work.Reader.TryRead(out (ScoringJob Job, Func<BridgeMessage?, string?, bool> Post) next))
                    Score(next.Job, next.Post);
            }
        }
        catch (OperationCanceledException)
        {
            _logger?.StoppedScoring();
        }
    }

    private void Score(ScoringJob job, Func<BridgeMessage?, string?, bool> post)
    {
        try
        {
            ClassifierModel model = _model.Value.Model ?? throw new ContractException(FaultCode.UnreadableFile, _model.Value.WhyNot!);
            // After a restart: the grey values are those that the host before had.
            var earlier = new Stack<ScoringJob>();
            for (ScoringJob? before = job.Before; before is not null && !job.Greys.Has(before.File, model.CropSize); before = before.Before)
                earlier.Push(before);
            foreach (ScoringJob before in earlier)
            {
                if (File.Exists(before.File))
                    job.Greys.Add(before.File, Kept(before).Resized(model.CropSize), ViewsOf(before));
            }
            CropStack crops = Crops(job, model, _stop.Token);
            bool[] there = new bool[crops.Count];
            for (int i = 0; i < there.Length; i++)
                there[i] = crops.HasContrast(i);
            crops = crops.Resized(model.CropSize);
            IReadOnlyList<int> views = ViewsOf(job);
            job.Greys.Add(job.File, crops, views);
            ViewScale scale = job.Greys.Scale;
            for (int from = 0; from < there.Length; from += ScoringJob.Chunk)
            {
                int[] some = [.. Enumerable.Range(from, Math.Min(ScoringJob.Chunk, there.Length - from))];
                if (there.AsSpan(from, some.Length).IndexOf(true) < 0 || job.Told.Contains(job.ChunkId(from / ScoringJob.Chunk)))
                    continue;
                foreach (int crop in some)
                    scale.Apply(crops[crop], views[crop]);
                HoleScore[] scores = model.Score(crops, some, null, _stop.Token);
                Post(job.Message(from, scores, i => there[i]), null);
            }
            int shown = there.AsSpan().Count(true);
            if (shown == 0)
                Post(null, $"none of the {there.Length} crops shows anything");
            _logger?.DidScore(job.Session, shown, there.Length);
        }
        catch (Exception e) when (e is not OperationCanceledException) // the top of a job: whatever is wrong with one, the host and the other sessions go on
        {
            _logger?.CannotScore(e, job.Session);
            Post(null, e.Message);
        }

        void Post(BridgeMessage? message, string? whyNot)
        {
            while (!post(message, whyNot))
            {
                if (_stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(50)))
                    throw new OperationCanceledException(_stop.Token);
            }
        }
    }

    private static IReadOnlyList<int> ViewsOf(ScoringJob job) => job.Views.Count == job.Items.Count ? job.Views : new int[job.Items.Count];

    private static CropStack Crops(ScoringJob job, ClassifierModel model, CancellationToken cancellationToken)
    {
        if (job.Navigator is null || File.Exists(job.File))
            return Kept(job);
        CropStack cut = MapCrops.Cut(job.Navigator, job.Items, model.CropSize, model.FieldUm, cancellationToken);
        CropFile.Write(job.File, cut);
        return cut;
    }

    /// <summary>The crops that lie beside the journal.</summary>
    private static CropStack Kept(ScoringJob job)
    {
        CropStack crops = CropFile.Read(job.File);
        return crops.Count == job.Items.Count ? crops
            : throw new ContractException(FaultCode.BadField, $"{job.File} has {crops.Count} crops for {job.Items.Count} holes: it is not the file that belongs to this session; send the crops again");
    }

    private static (ClassifierModel? Model, string? WhyNot) Read(Func<ClassifierModel> read, ILogger? logger)
    {
        try
        {
            return (read(), null);
        }
        catch (ContractException e)
        {
            logger?.CannotUseClassifier(e.Message);
            return (null, e.Message);
        }
    }

    private static ContractException NotShipped() => new(FaultCode.UnreadableFile, "no weights to score holes came with the program; train some with 'agent-host train classifier'");
}
