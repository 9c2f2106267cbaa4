namespace Bridge.Torch.Kernels;

/// <summary>
/// A convolution of a batch: the output itself, or the gradient of the input, which is a convolution of the output's gradient with the weights turned round.
/// With a stride the latter falls into parts, one for each position of an input pixel between the strides, each with its own taps.
/// </summary>
internal unsafe struct ConvProduct<V, TLane> : IBlockWork where V : unmanaged where TLane : struct, ILane<V>
{
    private ConvPlanes _planes;
    private ConvTaps<V, TLane>[] _parts;
    private ConvTarget[] _targets;
    private float* _from, _to, _filled;
    private nint _fromImage, _toImage;
    private int _blocks;

    /// <summary>y = convolution of x, plus a bias for each output channel where it is not null.</summary>
    public static void Forward(in ConvSize size, float* x, float* weight, float* bias, float* y)
    {
        nint outPlane = (nint)size.OutHeight * size.OutWidth, plane = (nint)size.Height * size.Width;
        int k = size.GroupIn * size.Taps;
        for (int g = 0; g < size.Groups; g++)
        {
            ConvPlanes planes = ConvPlanes.ForInput(size);
            var taps = new ConvTaps<V, TLane>
            {
                Rows = size.GroupOut, K = k, Height = size.OutHeight, Width = size.OutWidth, Pitch = planes.PlaneWidth,
                Offsets = (nint*)Scratch.Rent(Scratch.Slot.Table, 2 * k), Bias = bias == null ? null : bias + g * size.GroupOut,
            };
            taps.Weights = Scratch.Rent(Scratch.Slot.PackedA, taps.WeightCount);
            taps.Pack(weight + (nint)g * size.GroupOut * k, k);
            int p = 0;
            for (int c = 0; c < size.GroupIn; c++)
                for (int u = 0; u < size.KernelHeight; u++)
                    for (int v = 0; v < size.KernelWidth; v++)
                        taps.Offsets[p++] = planes.Offset(c, u * size.DilationY, v * size.DilationX);
            var product = new ConvProduct<V, TLane>
            {
                _planes = planes, _parts = [taps], _targets = [new ConvTarget { Channel = outPlane, Row = size.OutWidth, Column = 1 }],
                _from = x + g * size.GroupIn * plane, _fromImage = size.InChannels * plane,
                _to = y + g * size.GroupOut * outPlane, _toImage = size.OutChannels * outPlane,
            };
            product.RunBatch(size);
        }
    }

    /// <summary>dx = gradient of the input, given the gradient dy of the output. With a bias for each input channel: the transposed convolution.</summary>
    public static void Input(in ConvSize size, float* dy, float* weight, float* bias, float* dx)
    {
        nint outPlane = (nint)size.OutHeight * size.OutWidth, plane = (nint)size.Height * size.Width;
        int taps = size.Taps, partCount = size.StrideY * size.StrideX;
        // The pixel i Stride + r is read by tap u where r + Pad - u Dilation is a multiple of Stride, at output i + that multiple.
        int low = LowestShift(size.StrideY, size.PadY, size.DilationY, size.KernelHeight), left = LowestShift(size.StrideX, size.PadX, size.DilationX, size.KernelWidth);
        int top = Math.Max(0, -low), side = Math.Max(0, -left);
        int planeHeight = top + Reach(size.Height, size.StrideY, size.PadY), planeWidth = side + Reach(size.Width, size.StrideX, size.PadX);
        var planes = new ConvPlanes(size.GroupOut, size.OutHeight, size.OutWidth, 1, 1, top, side, planeHeight, planeWidth);
        int tiles = (size.GroupIn + TLane.Rows - 1) / TLane.Rows;
        for (int g = 0; g < size.Groups; g++)
        {
            float* packed = Scratch.Rent(Scratch.Slot.PackedA, (nint)tiles * TLane.Rows * size.GroupOut * taps);
            nint* offsets = (nint*)Scratch.Rent(Scratch.Slot.Table, 2 * size.GroupOut * taps);
            float* w = weight + (nint)g * size.GroupOut * size.GroupIn * taps;
            var parts = new ConvTaps<V, TLane>[partCount];
            var targets = new ConvTarget[partCount];
            float* turned = Scratch.Rent(Scratch.Slot.Sums, (nint)size.GroupIn * size.GroupOut * taps);
            for (int part = 0; part < partCount; part++)
            {
                int ry = part / size.StrideX, rx = part % size.StrideX, k = 0;
                for (int o = 0; o < size.GroupOut; o++)
                    for (int u = 0; u < size.KernelHeight; u++)
                        for (int v = 0; v < size.KernelWidth; v++)
                        {
                            int y = ry + size.PadY - u * size.DilationY, x = rx + size.PadX - v * size.DilationX;
                            if (y % size.StrideY != 0 || x % size.StrideX != 0)
                                continue;
                            offsets[k] = (nint)o * planes.Plane + (nint)(top + y / size.StrideY) * planeWidth + side + x / size.StrideX;
                            float* from = w + (nint)o * size.GroupIn * taps + u * size.KernelWidth + v;
                            for (int c = 0; c < size.GroupIn; c++)
                                turned[(nint)k * size.GroupIn + c] = from[(nint)c * taps];
                            k++;
                        }
                var tapsOfPart = new ConvTaps<V, TLane>
                {
                    Rows = size.GroupIn, K = k, Height = Math.Max(0, (size.Height - ry + size.StrideY - 1) / size.StrideY), Width = Math.Max(0, (size.Width - rx + size.StrideX - 1) / size.StrideX),
                    Pitch = planeWidth, Offsets = offsets, Weights = packed, Bias = bias == null ? null : bias + g * size.GroupIn,
                };
                tapsOfPart.PackTurned(turned);
                packed += tapsOfPart.WeightCount;
                offsets += k;
                parts[part] = tapsOfPart;
                targets[part] = new ConvTarget { Start = (nint)ry * size.Width + rx, Channel = plane, Row = (nint)size.StrideY * size.Width, Column = size.StrideX };
            }
            var product = new ConvProduct<V, TLane>
            {
                _planes = planes, _parts = parts, _targets = targets,
                _from = dy + g * size.GroupOut * outPlane, _fromImage = size.OutChannels * outPlane,
                _to = dx + g * size.GroupIn * plane, _toImage = size.InChannels * plane,
            };
            product.RunBatch(size);
        }
    }

    // The lowest output that any tap takes a pixel of the first stride from, relative to the stride's own.
    private static int LowestShift(int stride, int pad, int dilation, int kernel)
    {
        int lowest = pad - (kernel - 1) * dilation;
        return lowest >= 0 ? lowest / stride : -((-lowest + stride - 1) / stride);
    }

    // One more than the highest output that tap 0 takes a pixel of the last stride from.
    private static int Reach(int length, int stride, int pad) => (length - 1 + pad) / stride + 1;

    private void RunBatch(in ConvSize size)
    {
        int threads = Workers.ThreadsFor(size.Work / size.Groups);
        if (threads == 1 || size.Batch >= 2 * threads)
        {
            Workers.For(size.Batch, this, size.Work / size.Groups);
            return;
        }
        // Fewer images than threads: the image is prepared once and its outputs are cut.
        float* filled = Scratch.Rent(Scratch.Slot.Planes, _planes.Count);
        for (int n = 0; n < size.Batch; n++)
        {
            _planes.Fill(_from + n * _fromImage, filled);
            ConvProduct<V, TLane> one = this;
            one._filled = filled;
            one._to += n * _toImage;
            one._blocks = 4 * threads;
            Workers.For(one._blocks, one, size.Work / size.Groups / size.Batch);
        }
    }

    public readonly void Run(int block)
    {
        float* planes = _filled, to = _to;
        if (_filled == null)
        {
            planes = Scratch.Rent(Scratch.Slot.Planes, _planes.Count);
            _planes.Fill(_from + block * _fromImage, planes);
            to += block * _toImage;
        }
        for (int i = 0; i < _parts.Length; i++)
        {
            ref readonly ConvTaps<V, TLane> part = ref _parts[i];
            ConvTarget target = _targets[i];
            target.Data = to;
            int first = _filled == null ? 0 : (int)((long)part.Panels * block / _blocks), end = _filled == null ? part.Panels : (int)((long)part.Panels * (block + 1) / _blocks);
            part.Run(planes, first, end, target);
        }
    }
}
