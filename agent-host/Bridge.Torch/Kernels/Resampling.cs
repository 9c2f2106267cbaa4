namespace Bridge.Torch.Kernels;

/// <summary>Applies two <see cref="Axis"/> to contiguous planes.</summary>
internal static class Resampling
{
    /// <summary>y (planes, rows.Outputs, columns.Outputs) from x (planes, rows.Length, columns.Length); what lies outside is <paramref name="fill"/>.</summary>
    public static void Forward(Axis rows, Axis columns, ReadOnlySpan<float> x, Span<float> y, float fill)
    {
        int outputs = rows.Outputs * columns.Outputs, inputs = rows.Length * columns.Length, planes = y.Length / outputs;
        bool blends = rows.Blends || columns.Blends;
        for (int plane = 0; plane < planes; plane++)
        {
            ReadOnlySpan<float> from = x.Slice(plane * inputs, inputs);
            for (int i = 0; i < rows.Outputs; i++)
            {
                Span<float> to = y.Slice(plane * outputs + i * columns.Outputs, columns.Outputs);
                if (rows.First[i] < 0)
                {
                    to.Fill(fill);
                    continue;
                }
                ReadOnlySpan<float> top = from.Slice(rows.First[i] * columns.Length, columns.Length), bottom = from.Slice(rows.Second[i] * columns.Length, columns.Length);
                float below = rows.Weight[i];
                for (int j = 0; j < to.Length; j++)
                {
                    int left = columns.First[j], right = columns.Second[j];
                    if (left < 0)
                        to[j] = fill;
                    else if (!blends)
                        to[j] = top[left];
                    else
                        to[j] = (1 - below) * ((1 - columns.Weight[j]) * top[left] + columns.Weight[j] * top[right])
                            + below * ((1 - columns.Weight[j]) * bottom[left] + columns.Weight[j] * bottom[right]);
                }
            }
        }
    }

    /// <summary>dx from dy: each output's gradient goes to its inputs by their weights.</summary>
    public static void Backward(Axis rows, Axis columns, ReadOnlySpan<float> dy, Span<float> dx)
    {
        dx.Clear();
        int outputs = rows.Outputs * columns.Outputs, inputs = rows.Length * columns.Length, planes = dy.Length / outputs;
        bool blends = rows.Blends || columns.Blends;
        for (int plane = 0; plane < planes; plane++)
        {
            Span<float> to = dx.Slice(plane * inputs, inputs);
            for (int i = 0; i < rows.Outputs; i++)
            {
                if (rows.First[i] < 0)
                    continue;
                ReadOnlySpan<float> from = dy.Slice(plane * outputs + i * columns.Outputs, columns.Outputs);
                Span<float> top = to.Slice(rows.First[i] * columns.Length, columns.Length), bottom = to.Slice(rows.Second[i] * columns.Length, columns.Length);
                float below = rows.Weight[i];
                for (int j = 0; j < from.Length; j++)
                {
                    int left = columns.First[j], right = columns.Second[j];
                    if (left < 0)
                        continue;
                    if (!blends)
                    {
                        top[left] += from[j];
                        continue;
                    }
                    float w = columns.Weight[j];
                    top[left] += (1 - below) * (1 - w) * from[j];
                    top[right] += (1 - below) * w * from[j];
                    bottom[left] += below * (1 - w) * from[j];
                    bottom[right] += below * w * from[j];
                }
            }
        }
    }
}
