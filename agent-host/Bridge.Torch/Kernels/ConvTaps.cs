namespace Bridge.Torch.Kernels;

/// <summary>Where the results of <see cref="ConvTaps{V, TLane}"/> go: output (i, j) of row r is at Data[Start + r Channel + i Row + j Column].</summary>
internal unsafe struct ConvTarget
{
    public float* Data;
    public nint Start, Channel, Row, Column;
}

/// <summary>
/// The product at the heart of a convolution, out(r, i, j) = bias(r) + sum over p of weight(r, p) planes[Offsets[p] + i Pitch + j], straight from the image's
/// planes, without a matrix of columns. The sums run over whole lines of the planes; what lies between the lines of the output is computed and dropped.
/// </summary>
internal unsafe struct ConvTaps<V, TLane> where V : unmanaged where TLane : struct, ILane<V>
{
    /// <summary>Rows of the product (channels of the output), its length, and the output's size in lines and columns; Pitch is the planes' line.</summary>
    public int Rows, K, Height, Width, Pitch;

    /// <summary>Weights, packed by <see cref="Pack"/>.</summary>
    public float* Weights;

    public nint* Offsets;

    /// <summary>One a row, or null.</summary>
    public float* Bias;

    public static int PanelWidth => 2 * TLane.Width;

    public readonly int Tiles => (Rows + TLane.Rows - 1) / TLane.Rows;

    /// <summary>Panels of outputs, each computed on its own.</summary>
    public readonly int Panels => Height == 0 || Width == 0 ? 0 : (Grid + PanelWidth - 1) / PanelWidth;

    /// <summary>Floats that the packed weights take.</summary>
    public readonly nint WeightCount => (nint)Tiles * TLane.Rows * K;

    // From the first output to the last one, gaps between lines included.
    private readonly int Grid => (Height - 1) * Pitch + Width;

    /// <summary>Packs weight(r, p) = from[r row + p].</summary>
    public readonly void Pack(float* from, nint row)
    {
        for (int tile = 0; tile < Tiles; tile++)
            GemmPack.Panel(from + FirstRow(tile) * row, new(1, row), K, FirstRow(tile + 1) - FirstRow(tile), TLane.Rows, Weights + (nint)tile * TLane.Rows * K);
    }

    /// <summary>Packs weight(r, p) = from[p Rows + r].</summary>
    public readonly void PackTurned(float* from)
    {
        for (int tile = 0; tile < Tiles; tile++)
            GemmPack.Panel(from + FirstRow(tile), new(Rows, 1), K, FirstRow(tile + 1) - FirstRow(tile), TLane.Rows, Weights + (nint)tile * TLane.Rows * K);
    }

    /// <summary>Computes the outputs of some panels.</summary>
    public readonly void Run(float* planes, int firstPanel, int endPanel, in ConvTarget target)
    {
        float* tile = Scratch.Rent(Scratch.Slot.Tile, TLane.Rows * PanelWidth);
        // Lines without gaps on both sides are written where they belong, others by way of a tile.
        bool direct = target.Column == 1 && Pitch == Width && target.Row == Width;
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            int first = panel * PanelWidth, columns = Math.Min(PanelWidth, Grid - first);
            for (int t = 0; t < Tiles; t++)
            {
                int row = FirstRow(t), rows = FirstRow(t + 1) - row;
                float* c = direct ? target.Data + target.Start + row * target.Channel + first : tile;
                nint rowC = direct ? target.Channel : PanelWidth;
                if (Bias != null)
                    for (int r = 0; r < rows; r++)
                        new Span<float>(c + r * rowC, columns).Fill(Bias[row + r]);
                GemmTile<V, TLane, TableSteps>.Run(rows, columns, K, Weights + (nint)t * TLane.Rows * K, 1, TLane.Rows, planes + first, 0, Offsets, c, rowC, Bias != null ? c : null, rowC);
                if (!direct)
                    Scatter(tile, first, columns, row, rows, target);
            }
        }
    }

    private readonly void Scatter(float* tile, int first, int columns, int row, int rows, in ConvTarget target)
    {
        for (int at = first; at < first + columns;)
        {
            int i = at / Pitch, j = at - i * Pitch;
            int n = Math.Min(Width - j, first + columns - at);
            for (int r = 0; r < rows && n > 0; r++)
            {
                float* to = target.Data + target.Start + (row + r) * target.Channel + i * target.Row + j * target.Column;
                float* from = tile + r * PanelWidth + at - first;
                if (target.Column == 1)
                    new ReadOnlySpan<float>(from, n).CopyTo(new Span<float>(to, n));
                else
                    for (int x = 0; x < n; x++)
                        to[x * target.Column] = from[x];
            }
            at += Pitch - j;
        }
    }

    private readonly int FirstRow(int tile) => (int)((long)Rows * tile / Tiles);
}
