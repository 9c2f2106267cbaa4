using Bridge.Torch.Autograd;
using Bridge.Torch.Memory;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>gru: inputs x, h0, both weights, both biases; outputs y, h.</summary>
internal sealed unsafe class GruNode : MultiNode
{
    private const string Operation = "gru";
    private readonly int _steps, _batch, _inputs, _hidden;
    private SavedTensor _x, _h0, _inputWeights, _stateWeights, _y;
    private float[] _gates, _states;

    private GruNode(ReadOnlySpan<torch.Tensor?> links, ReadOnlySpan<torch.Tensor> dense, torch.Tensor y, int steps, int batch, int inputs, int hidden, float[] gates, float[] states) : base(Operation, 2, links)
    {
        (_steps, _batch, _inputs, _hidden) = (steps, batch, inputs, hidden);
        (_gates, _states) = (gates, states);
        (_x, _h0, _inputWeights, _stateWeights) = (new(dense[0], Operation), new(dense[1], Operation), new(dense[2], Operation), new(dense[3], Operation));
        _y = new SavedTensor(y, Operation);
    }

    public static (torch.Tensor Y, torch.Tensor H) Forward(ReadOnlySpan<torch.Tensor?> links)
    {
        int steps = (int)links[0]!.Sizes[0], batch = (int)links[0]!.Sizes[1], inputs = (int)links[0]!.Sizes[2], hidden = (int)links[1]!.Sizes[1], plane = batch * hidden;
        torch.Tensor[] dense = [links[0]!.Dense(), links[1]!.Dense(), links[2]!.Dense(), links[3]!.Dense()];
        torch.Tensor? bi = links[4]?.Dense(), bh = links[5]?.Dense();
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, [steps, batch, hidden]), h = torch.Tensor.Empty(torch.ScalarType.Float32, [batch, hidden]);
        float[] gates = BufferPool.Rent<float>(3 * steps * plane), states = BufferPool.Rent<float>(steps * plane), work = BufferPool.Rent<float>(3 * plane);
        fixed (float* x = dense[0].Floats, h0 = dense[1].Floats, wi = dense[2].Floats, wh = dense[3].Floats, pbi = bi is null ? default : bi.Floats, pbh = bh is null ? default : bh.Floats, pg = gates, ps = states, pw = work, py = y.Floats)
            new Kernels.Gru
            {
                Steps = steps, Batch = batch, Inputs = inputs, Hidden = hidden, X = x, H0 = h0, InputWeights = wi, StateWeights = wh, InputBias = pbi, StateBias = pbh, Gates = pg, States = ps, Work = pw, Y = py,
            }.Forward();
        BufferPool.Return(work);
        y.Floats[((steps - 1) * plane)..].CopyTo(h.Floats);
        if (RecurrentOps.Recorded(links))
        {
            var node = new GruNode(links, dense, y, steps, batch, inputs, hidden, gates, states);
            y.SetHistory(node, 0);
            h.SetHistory(node, 1);
        }
        else
        {
            BufferPool.Return(gates);
            BufferPool.Return(states);
        }
        for (int i = 0; i < dense.Length; i++)
            if (!ReferenceEquals(dense[i], links[i]))
                dense[i].Dispose();
        return (y, h);
    }

    protected override void Backward(ReadOnlySpan<torch.Tensor?> gradients)
    {
        int wide = 3 * _hidden, rows = _steps * _batch;
        torch.Tensor x = _x.Get(Name), h0 = _h0.Get(Name), wi = _inputWeights.Get(Name), wh = _stateWeights.Get(Name), y = _y.Get(Name);
        torch.Tensor? dy = gradients[0]?.Dense();
        torch.Tensor dh = gradients[1] is torch.Tensor last ? Copying.Contiguous(last) : torch.Tensor.Empty(torch.ScalarType.Float32, h0.Sizes);
        if (gradients[1] is null)
            dh.Floats.Clear();
        torch.Tensor dInput = torch.Tensor.Empty(torch.ScalarType.Float32, [rows, wide]), dState = torch.Tensor.Empty(torch.ScalarType.Float32, [rows, wide]);
        torch.Tensor? dx = Wants(0) ? torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes) : null;
        torch.Tensor? dwi = Wants(2) ? torch.Tensor.Empty(torch.ScalarType.Float32, wi.Sizes) : null, dwh = Wants(3) ? torch.Tensor.Empty(torch.ScalarType.Float32, wh.Sizes) : null;
        fixed (float* px = x.Floats, ph = h0.Floats, pwi = wi.Floats, pwh = wh.Floats, py = y.Floats, pg = _gates, ps = _states, pdy = dy is null ? default : dy.Floats, pdh = dh.Floats, pdi = dInput.Floats, pds = dState.Floats,
            pdx = dx is null ? default : dx.Floats, pdwi = dwi is null ? default : dwi.Floats, pdwh = dwh is null ? default : dwh.Floats)
        {
            new Kernels.Gru { Steps = _steps, Batch = _batch, Inputs = _inputs, Hidden = _hidden, H0 = ph, StateWeights = pwh, Gates = pg, States = ps, Y = py, Dy = pdy, Dh = pdh, DInput = pdi, DState = pds }.Backward();
            RecurrentOps.WeightGradients(_steps, _batch, _inputs, _hidden, wide, pdi, pds, px, ph, py, pdwi, pdwh);
            if (dx is not null)
                Kernels.Gemm.Run(rows, _inputs, wide, pdi, new(wide, 1), pwi, new(_inputs, 1), pdx, _inputs, null, 0);
        }
        if (dx is not null)
            Send(0, dx);
        Send(1, dh);
        if (dwi is not null)
            Send(2, dwi);
        if (dwh is not null)
            Send(3, dwh);
        SendBias(4, dInput, wide);
        SendBias(5, dState, wide);
    }

    private void SendBias(int input, torch.Tensor rows, int wide)
    {
        if (!Wants(input))
            return;
        torch.Tensor db = torch.Tensor.Empty(torch.ScalarType.Float32, [wide]);
        RecurrentOps.SumRows(rows.Floats, db.Floats);
        Send(input, db);
    }

    protected override void ReleaseSaved()
    {
        _x.Release();
        _h0.Release();
        _inputWeights.Release();
        _stateWeights.Release();
        _y.Release();
        BufferPool.Return(_gates);
        BufferPool.Return(_states);
        _gates = _states = [];
    }
}
