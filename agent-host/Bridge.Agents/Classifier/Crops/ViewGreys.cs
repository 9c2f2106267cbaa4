namespace Bridge.Agents.Classifier.Crops;

/// <summary>
/// Grey values of all crops of one session. With one beam and one exposure one scale is for all, because how dark a hole is beside the others is its ice. Where the views (medium-magnification images) were not
/// taken alike, that is lost; what stays is how dark a hole is beside the film of its own view. The film is what differs least from hole to hole of a view: a ring around the hole, the same one in all crops.
/// If the film's brightness differs from view to view by more than <see cref="UnlikeFrom"/> of what the holes of a view differ by, the film of each view is its zero; ice on the film alone does not reach that.
/// </summary>
/// <param name="mostSamples">Pixels kept of each <see cref="Add"/>, evenly spread.</param>
public sealed class ViewGreys(int mostSamples = 200_000)
{
    /// <summary>See the class. The film of simulated views of one exposure differs by some 0.4 of it; where their brightness differs by 15 %, by 3.</summary>
    public const float UnlikeFrom = 0.75f;

    /// <summary>Fewer views, or holes of one, do not tell how they differ.</summary>
    private const int LeastViews = 3, LeastHoles = 3;

    /// <summary>Pixels from the middle: nearer rings are too few pixels.</summary>
    private const int NearestRing = 2;

    private readonly List<float> _samples = [], _rings = [];
    private readonly List<int> _viewOfSample = [], _viewOfHole = [];
    private int _size;

    /// <summary>Normalises crops that are all there are.</summary>
    /// <param name="crops">All NaN or without contrast where there is none.</param>
    /// <param name="views">(crops): the view that each was cut from; any numbers.</param>
    public static void Normalise(CropStack crops, IReadOnlyList<int> views)
    {
        var greys = new ViewGreys();
        greys.Add(crops, views);
        ViewScale scale = greys.Scale();
        for (int i = 0; i < crops.Count; i++)
            scale.Apply(crops[i], views[i]);
    }

    /// <summary>Takes crops into account that have contrast.</summary>
    /// <inheritdoc cref="Normalise"/>
    /// <exception cref="ArgumentException">The crops are of another size than those before, or the views are not as many.</exception>
    public void Add(CropStack crops, IReadOnlyList<int> views)
    {
        if ((_size > 0 && crops.Size != _size) || views.Count < crops.Count)
            throw new ArgumentException($"crops of {crops.Size} px with {views.Count} views for {crops.Count}: one view for each, and all of one size");
        _size = crops.Size;
        int pixels = _size * _size, rings = _size / 2;
        int step = (int)Math.Max(1, (crops.Pixels.LongLength + mostSamples - 1) / mostSamples) | 1; // odd, so that it is no column of a crop of even width
        int[] ringOf = RingOfPixels(_size);
        double[] sum = new double[rings];
        int[] count = new int[rings];
        for (int i = 0, next = 0; i < crops.Count; i++, next -= pixels)
        {
            bool shows = crops.HasContrast(i);
            ReadOnlySpan<float> crop = crops[i];
            for (; next < pixels; next += step)
            {
                if (!shows || !float.IsFinite(crop[next]))
                    continue;
                _samples.Add(crop[next]);
                _viewOfSample.Add(views[i]);
            }
            if (!shows)
                continue;
            Array.Clear(sum);
            Array.Clear(count);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                if (ringOf[pixel] is var ring && ring < rings && float.IsFinite(crop[pixel]))
                {
                    sum[ring] += crop[pixel];
                    count[ring]++;
                }
            }
            for (int ring = 0; ring < rings; ring++)
                _rings.Add(count[ring] > 0 ? (float)(sum[ring] / count[ring]) : float.NaN);
            _viewOfHole.Add(views[i]);
        }
    }

    /// <summary>The scale for all that was added so far.</summary>
    public ViewScale Scale()
    {
        float[] samples = [.. _samples];
        var all = GreyScale.Of([samples]);
        Dictionary<int, List<int>> holes = HolesOfViews();
        if (holes.Count < LeastViews || Film(holes) is not var (ring, holesDiffer))
            return new ViewScale(all, null);
        var film = new Dictionary<int, float>(holes.Count);
        foreach ((int view, List<int> own) in holes)
        {
            float level = MedianOf(own, ring);
            film.Add(view, float.IsFinite(level) ? level : all.Median);
        }
        if (DeviationOf([.. film.Values]) <= UnlikeFrom * holesDiffer)
            return new ViewScale(all, null);
        for (int i = 0; i < samples.Length; i++)
            samples[i] -= film[_viewOfSample[i]];
        return new ViewScale(GreyScale.Of([samples]), film);
    }

    /// <summary>As <see cref="GreyScale.Deviation"/>, but 0 where most are the same.</summary>
    private static float DeviationOf(List<float> values)
    {
        float median = GreyScale.MedianOf(values);
        for (int i = 0; i < values.Count; i++)
            values[i] = Math.Abs(values[i] - median);
        return GreyScale.NormalOfMedian * GreyScale.MedianOf(values);
    }

    private Dictionary<int, List<int>> HolesOfViews()
    {
        var holes = new Dictionary<int, List<int>>();
        for (int i = 0; i < _viewOfHole.Count; i++)
        {
            if (!holes.TryGetValue(_viewOfHole[i], out List<int>? own))
                holes.Add(_viewOfHole[i], own = []);
            own.Add(i);
        }
        return holes;
    }

    /// <summary>The ring whose mean differs least from hole to hole of a view, and the deviation of the holes' own middles; null if no view has enough holes.</summary>
    private (int Ring, float HolesDiffer)? Film(Dictionary<int, List<int>> holes)
    {
        (int best, float least, float middles) = (0, float.PositiveInfinity, float.NaN);
        var distances = new List<float>();
        for (int ring = NearestRing; ring < _size / 2; ring++)
        {
            distances.Clear();
            foreach (List<int> own in holes.Values)
            {
                float middle = own.Count >= LeastHoles ? MedianOf(own, ring) : float.NaN;
                foreach (int hole in float.IsFinite(middle) ? own : [])
                    distances.Add(Math.Abs(_rings[hole * (_size / 2) + ring] - middle));
            }
            distances.RemoveAll(float.IsNaN);
            float distance = distances.Count > 0 ? GreyScale.MedianOf(distances) : float.NaN;
            if (ring == NearestRing)
                middles = GreyScale.NormalOfMedian * distance;
            if (distance < least)
                (best, least) = (ring, distance);
        }
        return best > 0 && float.IsFinite(middles) ? (best, middles) : null;
    }

    private float MedianOf(List<int> holes, int ring)
    {
        var means = new List<float>(holes.Count);
        foreach (int hole in holes)
        {
            if (_rings[hole * (_size / 2) + ring] is var mean && float.IsFinite(mean))
                means.Add(mean);
        }
        return means.Count > 0 ? GreyScale.MedianOf(means) : float.NaN;
    }

    private static int[] RingOfPixels(int size)
    {
        int[] rings = new int[size * size];
        for (int i = 0; i < rings.Length; i++)
        {
            double x = i % size + 0.5 - size / 2.0, y = i / size + 0.5 - size / 2.0;
            rings[i] = (int)Math.Sqrt(x * x + y * y);
        }
        return rings;
    }
}
