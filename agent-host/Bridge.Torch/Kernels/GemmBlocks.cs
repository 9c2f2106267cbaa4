using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>The blocks of a matrix product: which part of A and B is packed, and who computes which rows and columns of C.</summary>
internal static unsafe class GemmBlocks<V, TLane> where V : unmanaged where TLane : struct, ILane<V>
{
    // One panel of B (two registers wide, at most MaxK long: 40 KB with AVX-512) lives in the first-level cache, a block of A (MaxRows x MaxK, 300 KB) in the
    // second-level cache, all panels of B (MaxColumns) in the third.
    private const int MaxK = 320, MaxRows = 240, MaxColumns = 4096;

    private static int PanelWidth => 2 * TLane.Width;

    /// <summary>Floats that <see cref="Pack"/> writes.</summary>
    public static nint PackedCount(int n, int k) => (nint)((n + PanelWidth - 1) / PanelWidth) * PanelWidth * k;

    /// <summary>Packs all of B (k x n), for products with several A.</summary>
    public static void Pack(int n, int k, float* b, MatrixStrides sb, float* to)
    {
        int kBlock = BlockOf(k);
        for (int j = 0; j < n; j += MaxColumns)
            for (int p = 0; p < k; p += kBlock)
            {
                var part = new Part { N = Math.Min(MaxColumns, n - j), K = Math.Min(kBlock, k - p), B = b + p * sb.Row + j * sb.Column, StridesB = sb, Packed = to };
                int panels = (part.N + PanelWidth - 1) / PanelWidth;
                for (int panel = 0; panel < panels; panel++)
                    part.Pack(panel);
                to += PackedCount(part.N, part.K);
            }
    }

    /// <summary>C = start + A B; see <see cref="Gemm.Run"/>. Where <paramref name="packed"/> is not null it is B as <see cref="Pack"/> wrote it.</summary>
    public static void Run(int m, int n, int k, float* a, MatrixStrides sa, float* b, MatrixStrides sb, float* c, nint rowC, float* start, nint rowStart, float* packed = null, bool relu = false)
    {
        // Few rows or columns, k contiguous on both sides: packing B would cost more than the product.
        if (packed == null && sb.Row == 1 && sa.Column == 1 && k >= TLane.Width && (m <= GemmDot<V, TLane>.MostRows || n <= GemmDot<V, TLane>.MostRows))
        {
            if (m <= n)
                GemmDot<V, TLane>.Run(m, n, k, a, sa.Row, b, sb.Column, c, rowC, 1, start, rowStart, 1);
            else
                GemmDot<V, TLane>.Run(n, m, k, b, sb.Column, a, sa.Row, c, 1, rowC, start, 1, rowStart);
            if (relu)
                Rectify(m, n, c, rowC);
            return;
        }
        int kBlock = BlockOf(k);
        for (int j = 0; j < n; j += MaxColumns)
        {
            int columns = Math.Min(MaxColumns, n - j);
            for (int p = 0; p == 0 || p < k; p += kBlock)
            {
                int depth = Math.Min(kBlock, k - p);
                Block(m, columns, depth, a + p * sa.Column, sa, b + p * sb.Row + j * sb.Column, sb, c + j, rowC,
                    p > 0 ? c + j : start == null ? null : start + j, p > 0 ? rowC : rowStart, packed, relu && p + depth >= k);
                if (packed != null)
                    packed += PackedCount(columns, depth);
            }
        }
    }

    private static void Rectify(int m, int n, float* c, nint rowC)
    {
        for (int i = 0; i < m; i++, c += rowC)
            TensorPrimitives.Max(new ReadOnlySpan<float>(c, n), 0f, new Span<float>(c, n));
    }

    // k is cut into equal blocks.
    private static int BlockOf(int k)
    {
        int blocks = Math.Max(1, (k + MaxK - 1) / MaxK);
        return Math.Max(1, (k + blocks - 1) / blocks);
    }

    private static void Block(int m, int n, int k, float* a, MatrixStrides sa, float* b, MatrixStrides sb, float* c, nint rowC, float* start, nint rowStart, float* packed, bool relu)
    {
        int tiles = (m + TLane.Rows - 1) / TLane.Rows, panels = (n + PanelWidth - 1) / PanelWidth;
        long work = (long)m * n * k;
        int threads = Workers.ThreadsFor(work);
        // A panel of B that only a few tiles read is not worth packing, unless its columns are strided.
        bool packB = packed == null && (sb.Column != 1 || tiles > 2);
        var part = new Part { M = m, N = n, K = k, A = a, StridesA = sa, B = b, StridesB = sb, C = c, RowC = rowC, Start = start, RowStart = rowStart, Packed = packed, Relu = relu };
        if (packB)
        {
            part.Packed = Scratch.Rent(Scratch.Slot.PackedB, (nint)panels * PanelWidth * k);
            if (threads > 1 && (long)n * k >= 4 * Workers.SmallWork)
                Workers.For(panels, new Packing { Part = part }, (long)n * k);
            else
                for (int panel = 0; panel < panels; panel++)
                    part.Pack(panel);
        }
        // Rows that share a cache set (a power of two apart) or pages far apart are packed where each is read often. A transposed A, whose tiles are short runs of
        // every row, is cheap to pack and slow to read as it is.
        part.PackA = panels >= (sa.Row == 1 ? 3 : 8) && (long)m * k >= 16_384;
        // Cut along the longer side. The cut follows the number of threads; an element's sum does not depend on it.
        if (tiles >= panels || tiles >= 4 * threads)
        {
            int most = MaxRows / TLane.Rows, wanted = threads == 1 ? 1 : 2 * threads;
            int blocks = Math.Min(tiles, Math.Max(wanted, (tiles + most - 1) / most));
            part.TilesPerBlock = (tiles + blocks - 1) / blocks;
            part.PanelsPerBlock = panels;
        }
        else
        {
            int blocks = Math.Min(panels, threads == 1 ? 1 : 2 * threads);
            part.PanelsPerBlock = (panels + blocks - 1) / blocks;
            part.TilesPerBlock = tiles;
        }
        part.RowBlocks = (tiles + part.TilesPerBlock - 1) / part.TilesPerBlock;
        int columnBlocks = (panels + part.PanelsPerBlock - 1) / part.PanelsPerBlock;
        Workers.For(part.RowBlocks * columnBlocks, part, work);
    }

    private struct Packing : IBlockWork
    {
        public Part Part;

        public void Run(int block) => Part.Pack(block);
    }

    private struct Part : IBlockWork
    {
        public int M, N, K, TilesPerBlock, PanelsPerBlock, RowBlocks;
        public float* A, B, C, Start, Packed;
        public nint RowC, RowStart;
        public MatrixStrides StridesA, StridesB;
        public bool PackA, Relu;

        public void Pack(int panel)
        {
            int column = panel * PanelWidth, width = Math.Min(PanelWidth, N - column);
            GemmPack.Panel(B + column * StridesB.Column, StridesB, K, width, PanelWidth, Packed + (nint)panel * PanelWidth * K);
        }

        public readonly void Run(int block)
        {
            int firstTile = block % RowBlocks * TilesPerBlock, firstPanel = block / RowBlocks * PanelsPerBlock;
            int tiles = (M + TLane.Rows - 1) / TLane.Rows, panels = (N + PanelWidth - 1) / PanelWidth;
            int endTile = Math.Min(tiles, firstTile + TilesPerBlock), endPanel = Math.Min(panels, firstPanel + PanelsPerBlock);
            float* packedA = null;
            if (PackA)
            {
                packedA = Scratch.Rent(Scratch.Slot.PackedA, (nint)(endTile - firstTile) * TLane.Rows * K);
                for (int tile = firstTile; tile < endTile; tile++)
                {
                    int row = FirstRow(tile, tiles), rows = FirstRow(tile + 1, tiles) - row;
                    GemmPack.Panel(A + row * StridesA.Row, new(StridesA.Column, StridesA.Row), K, rows, TLane.Rows, packedA + (nint)(tile - firstTile) * TLane.Rows * K);
                }
            }
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                int column = panel * PanelWidth, columns = Math.Min(PanelWidth, N - column);
                float* b = Packed == null ? B + column : Packed + (nint)panel * PanelWidth * K;
                nint stepB = Packed == null ? StridesB.Row : PanelWidth;
                for (int tile = firstTile; tile < endTile; tile++)
                {
                    int row = FirstRow(tile, tiles), rows = FirstRow(tile + 1, tiles) - row;
                    float* start = Start == null ? null : Start + row * RowStart + column;
                    if (packedA != null)
                        GemmTile<V, TLane, EvenSteps>.Run(rows, columns, K, packedA + (nint)(tile - firstTile) * TLane.Rows * K, 1, TLane.Rows, b, stepB, null, C + row * RowC + column, RowC, start, RowStart, Relu);
                    else
                        GemmTile<V, TLane, EvenSteps>.Run(rows, columns, K, A + row * StridesA.Row, StridesA.Row, StridesA.Column, b, stepB, null, C + row * RowC + column, RowC, start, RowStart, Relu);
                }
            }
        }

        // The rows are dealt out evenly: 16 rows are 8 and 8, not 12 and 4.
        private readonly int FirstRow(int tile, int tiles) => (int)((long)M * tile / tiles);
    }
}
