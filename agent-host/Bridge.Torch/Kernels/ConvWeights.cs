namespace Bridge.Torch.Kernels;

/// <summary>
/// The gradient of a convolution's weights, dw(o, c, u, v) = sum over n, i, j of dy(n, o, i, j) x(n, c, i Stride + u Dilation - Pad, …): for each tap one product
/// of the image's planes (channels by pixels) with dy transposed (pixels by channels). Images are taken in order, so any number of threads gives the same bits.
/// </summary>
internal static unsafe class ConvWeights<V, TLane> where V : unmanaged where TLane : struct, ILane<V>
{
    // Images that are prepared together: their planes and transposed gradients should stay in the second-level cache.
    private const int CacheFloats = 200_000;
    private const int MaxK = 320;

    public static void Run(in ConvSize size, float* x, float* dy, float* dw)
    {
        ConvPlanes planes = ConvPlanes.ForInput(size);
        int panels = (size.GroupOut + 2 * TLane.Width - 1) / (2 * TLane.Width), pixels = (size.OutHeight - 1) * planes.PlaneWidth + size.OutWidth;
        nint gradient = (nint)panels * 2 * TLane.Width * pixels, sums = (nint)size.Taps * size.GroupIn * size.GroupOut;
        int together = (int)Math.Clamp(CacheFloats / (planes.Count + gradient), 1, size.Batch);
        int threads = Workers.ThreadsFor(size.Work);
        if (threads > 1)
            together = Math.Min(size.Batch, Math.Max(together, threads));
        float* filled = Scratch.Rent(Scratch.Slot.Planes, together * planes.Count), turned = Scratch.Rent(Scratch.Slot.PackedB, together * gradient);
        float* result = Scratch.Rent(Scratch.Slot.Sums, sums);
        for (int g = 0; g < size.Groups; g++)
        {
            new Span<float>(result, checked((int)sums)).Clear();
            for (int first = 0; first < size.Batch; first += together)
            {
                var step = new Step
                {
                    Size = size, Planes = planes, Panels = panels, Pixels = pixels, Images = Math.Min(together, size.Batch - first), Filled = filled, Turned = turned, Gradient = gradient, Result = result,
                    X = x + ((nint)first * size.InChannels + g * size.GroupIn) * size.Height * size.Width,
                    Dy = dy + ((nint)first * size.OutChannels + g * size.GroupOut) * size.OutHeight * size.OutWidth,
                };
                long work = size.Work / size.Groups / size.Batch * step.Images;
                Workers.For(step.Images, new Preparing { Step = step }, work);
                Workers.For(size.Taps * panels, step, work);
            }
            // (tap, c, o) → (o, c, tap)
            float* to = dw + (nint)g * size.GroupOut * size.GroupIn * size.Taps;
            for (int tap = 0; tap < size.Taps; tap++)
                for (int c = 0; c < size.GroupIn; c++)
                    for (int o = 0; o < size.GroupOut; o++)
                        to[((nint)o * size.GroupIn + c) * size.Taps + tap] = result[((nint)tap * size.GroupIn + c) * size.GroupOut + o];
        }
    }

    private struct Preparing : IBlockWork
    {
        public Step Step;

        public readonly void Run(int block) => Step.Prepare(block);
    }

    private struct Step : IBlockWork
    {
        public ConvSize Size;
        public ConvPlanes Planes;
        public int Panels, Pixels, Images;
        public float* X, Dy, Filled, Turned, Result;
        public nint Gradient;

        /// <summary>The planes of an image, and its dy as panels (pixel, channel) with the planes' lines: zeros in the gaps.</summary>
        public readonly void Prepare(int image)
        {
            Planes.Fill(X + (nint)image * Size.InChannels * Size.Height * Size.Width, Filled + image * Planes.Count);
            float* dy = Dy + (nint)image * Size.OutChannels * Size.OutHeight * Size.OutWidth;
            nint plane = (nint)Size.OutHeight * Size.OutWidth;
            int width = 2 * TLane.Width, gap = Planes.PlaneWidth - Size.OutWidth;
            for (int panel = 0; panel < Panels; panel++)
            {
                int o = panel * width, columns = Math.Min(width, Size.GroupOut - o);
                float* to = Turned + image * Gradient + (nint)panel * width * Pixels;
                for (int i = 0; i < Size.OutHeight; i++)
                {
                    GemmPack.Panel(dy + o * plane + (nint)i * Size.OutWidth, new(1, plane), Size.OutWidth, columns, width, to);
                    to += (nint)width * Size.OutWidth;
                    if (i + 1 < Size.OutHeight)
                        new Span<float>(to, width * gap).Clear();
                    to += width * gap;
                }
            }
        }

        /// <summary>One tap and one panel of output channels.</summary>
        public readonly void Run(int block)
        {
            int tap = block / Panels, panel = block % Panels, o = panel * 2 * TLane.Width, columns = Math.Min(2 * TLane.Width, Size.GroupOut - o);
            nint offset = Planes.Offset(0, tap / Size.KernelWidth * Size.DilationY, tap % Size.KernelWidth * Size.DilationX);
            int tiles = (Size.GroupIn + TLane.Rows - 1) / TLane.Rows, cuts = (Pixels + MaxK - 1) / MaxK;
            float* c = Result + (nint)tap * Size.GroupIn * Size.GroupOut + o;
            for (int image = 0; image < Images; image++)
                for (int cut = 0; cut < cuts; cut++)
                {
                    int p = (int)((long)Pixels * cut / cuts), k = (int)((long)Pixels * (cut + 1) / cuts) - p;
                    float* b = Turned + image * Gradient + ((nint)panel * Pixels + p) * 2 * TLane.Width;
                    for (int tile = 0; tile < tiles; tile++)
                    {
                        int row = (int)((long)Size.GroupIn * tile / tiles), rows = (int)((long)Size.GroupIn * (tile + 1) / tiles) - row;
                        float* a = Filled + image * Planes.Count + offset + (nint)row * Planes.Channel + p, to = c + (nint)row * Size.GroupOut;
                        GemmTile<V, TLane, EvenSteps>.Run(rows, columns, k, a, Planes.Channel, 1, b, 2 * TLane.Width, null, to, Size.GroupOut, to, Size.GroupOut);
                    }
                }
        }
    }
}
