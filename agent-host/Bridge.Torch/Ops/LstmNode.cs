using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using Bridge.Torch.Memory;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>lstm: inputs x, h0, c0, both weights, both biases; outputs y, h, c.</summary>
internal sealed unsafe class LstmNode : MultiNode
{
    private const string Operation = "lstm";
    private readonly int _steps, _batch, _inputs, _hidden;
    private SavedTensor _x, _h0, _c0, _inputWeights, _stateWeights, _y;
    private float[] _gates, _cells, _tanhs;

    private LstmNode(ReadOnlySpan<torch.Tensor?> links, ReadOnlySpan<torch.Tensor> dense, torch.Tensor y, int steps, int batch, int inputs, int hidden, float[] gates, float[] cells, float[] tanhs) : base(Operation, 3, links)
    {
        (_steps, _batch, _inputs, _hidden) = (steps, batch, inputs, hidden);
        (_gates, _cells, _tanhs) = (gates, cells, tanhs);
        (_x, _h0, _c0, _inputWeights, _stateWeights) = (new(dense[0], Operation), new(dense[1], Operation), new(dense[2], Operation), new(dense[3], Operation), new(dense[4], Operation));
        _y = new SavedTensor(y, Operation);
    }

    public static (torch.Tensor Y, torch.Tensor H, torch.Tensor C) Forward(ReadOnlySpan<torch.Tensor?> links)
    {
        int steps = (int)links[0]!.Sizes[0], batch = (int)links[0]!.Sizes[1], inputs = (int)links[0]!.Sizes[2], hidden = (int)links[1]!.Sizes[1], plane = batch * hidden;
        torch.Tensor[] dense = [links[0]!.Dense(), links[1]!.Dense(), links[2]!.Dense(), links[3]!.Dense(), links[4]!.Dense()];
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [steps, batch, hidden]);
        torch.Tensor h = torch.Tensor.Empty(torch.ScalarType.Float32, [batch, hidden]), c = torch.Tensor.Empty(torch.ScalarType.Float32, [batch, hidden]);
        float[] gates = BufferPool.Rent<float>(4 * steps * plane), cells = BufferPool.Rent<float>(steps * plane), tanhs = BufferPool.Rent<float>(steps * plane), bias = BufferPool.Rent<float>(4 * hidden);
        if (links[5] is torch.Tensor first && links[6] is torch.Tensor second)
            TensorPrimitives.Add(first.Dense().Floats, second.Dense().Floats, bias);
        fixed (float* x = dense[0].Floats, h0 = dense[1].Floats, c0 = dense[2].Floats, wi = dense[3].Floats, wh = dense[4].Floats, pb = bias, pg = gates, pc = cells, pt = tanhs, py = y.Floats)
            new Kernels.Lstm
            {
                Steps = steps, Batch = batch, Inputs = inputs, Hidden = hidden, X = x, H0 = h0, C0 = c0, InputWeights = wi, StateWeights = wh, Bias = links[5] is null ? null : pb,
                Gates = pg, Cells = pc, Tanhs = pt, Y = py,
            }.Forward();
        BufferPool.Return(bias);
        y.Floats[((steps - 1) * plane)..].CopyTo(h.Floats);
        cells.AsSpan((steps - 1) * plane, plane).CopyTo(c.Floats);
        if (RecurrentOps.Recorded(links))
        {
            var node = new LstmNode(links, dense, y, steps, batch, inputs, hidden, gates, cells, tanhs);
            y.SetHistory(node, 0);
            h.SetHistory(node, 1);
            c.SetHistory(node, 2);
        }
        else
        {
            BufferPool.Return(gates);
            BufferPool.Return(cells);
            BufferPool.Return(tanhs);
        }
        for (int i = 0; i < dense.Length; i++)
            if (!ReferenceEquals(dense[i], links[i]))
                dense[i].Dispose();
        return (y, h, c);
    }

    protected override void Backward(ReadOnlySpan<torch.Tensor?> gradients)
    {
        int wide = 4 * _hidden, rows = _steps * _batch, plane = _batch * _hidden;
        torch.Tensor x = _x.Get(Name), h0 = _h0.Get(Name), c0 = _c0.Get(Name), wi = _inputWeights.Get(Name), wh = _stateWeights.Get(Name), y = _y.Get(Name);
        torch.Tensor? dy = gradients[0]?.Dense();
        torch.Tensor dh = Start(gradients[1], h0), dc = Start(gradients[2], h0), dGates = torch.Tensor.Empty(torch.ScalarType.Float32, [rows, wide]);
        torch.Tensor? dx = Wants(0) ? torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes) : null;
        torch.Tensor? dwi = Wants(3) ? torch.Tensor.Empty(torch.ScalarType.Float32, wi.Sizes) : null, dwh = Wants(4) ? torch.Tensor.Empty(torch.ScalarType.Float32, wh.Sizes) : null;
        fixed (float* px = x.Floats, ph = h0.Floats, pc0 = c0.Floats, pwi = wi.Floats, pwh = wh.Floats, py = y.Floats, pg = _gates, pc = _cells, pt = _tanhs,
            pdy = dy is null ? default : dy.Floats, pdh = dh.Floats, pdc = dc.Floats, pdg = dGates.Floats, pdx = dx is null ? default : dx.Floats, pdwi = dwi is null ? default : dwi.Floats, pdwh = dwh is null ? default : dwh.Floats)
        {
            new Kernels.Lstm
            {
                Steps = _steps, Batch = _batch, Inputs = _inputs, Hidden = _hidden, H0 = ph, C0 = pc0, StateWeights = pwh, Gates = pg, Cells = pc, Tanhs = pt, Y = py, Dy = pdy, Dh = pdh, Dc = pdc, DGates = pdg,
            }.Backward();
            RecurrentOps.WeightGradients(_steps, _batch, _inputs, _hidden, wide, pdg, pdg, px, ph, py, pdwi, pdwh);
            if (dx is not null)
                Kernels.Gemm.Run(rows, _inputs, wide, pdg, new(wide, 1), pwi, new(_inputs, 1), pdx, _inputs, null, 0);
        }
        if (dx is not null)
            Send(0, dx);
        Send(1, dh);
        Send(2, dc);
        if (dwi is not null)
            Send(3, dwi);
        if (dwh is not null)
            Send(4, dwh);
        if (Wants(5) || Wants(6))
        {
            torch.Tensor db = torch.Tensor.Empty(torch.ScalarType.Float32, [wide]);
            RecurrentOps.SumRows(dGates.Floats, db.Floats);
            torch.Tensor same = db.Share();
            Send(5, db);
            Send(6, same);
        }
    }

    // The gradient of a last state, to be carried back: a copy, or zeros.
    private static torch.Tensor Start(torch.Tensor? gradient, torch.Tensor state)
    {
        if (gradient is not null)
            return Copying.Contiguous(gradient);
        torch.Tensor zeros = torch.Tensor.Empty(torch.ScalarType.Float32, state.Sizes);
        zeros.Floats.Clear();
        return zeros;
    }

    protected override void ReleaseSaved()
    {
        _x.Release();
        _h0.Release();
        _c0.Release();
        _inputWeights.Release();
        _stateWeights.Release();
        _y.Release();
        BufferPool.Return(_gates);
        BufferPool.Return(_cells);
        BufferPool.Return(_tanhs);
        _gates = _cells = _tanhs = [];
    }
}
