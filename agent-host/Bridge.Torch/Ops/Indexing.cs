using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Memory;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>
/// Index expressions, as in NumPy: numbers and slices give a view; tensors pick elements into a copy, their broadcast shape standing where they
/// were if they were neighbours, else in front.
/// </summary>
internal static class Indexing
{
    public static torch.Tensor Get(torch.Tensor x, ReadOnlySpan<torch.TensorIndex> indices)
    {
        x.Use("index");
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor view, torch.Tensor?[]? picks) = View(x, indices);
        return scope.MoveToOuter(picks is null ? Copying.Alias(view, "index") : Pick(view, picks));
    }

    /// <summary>x[indices] = value (broadcast), or += where <paramref name="add"/>. Gradients flow through it where x is a whole tensor and no leaf.</summary>
    public static void Put(torch.Tensor x, ReadOnlySpan<torch.TensorIndex> indices, torch.Tensor value, bool add = false)
    {
        x.Use("index_put_");
        if (!Elementwise.Recorded(x, value))
        {
            Write(x, indices, value, add);
            x.MarkChanged();
            return;
        }
        torch.Tensor changed = Copying.Contiguous(x, "index_put_");
        Write(changed, indices, value, add);
        InPlace.Assign(x, changed.SetHistory(new PutNode(x, value, indices.ToArray(), add)), "index_put_");
    }

    private static void Write(torch.Tensor x, ReadOnlySpan<torch.TensorIndex> indices, torch.Tensor value, bool add)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor view, torch.Tensor?[]? picks) = View(x.detach(), indices);
        torch.Tensor typed = value.dtype == x.dtype ? value.detach() : Copying.Cast(value, x.dtype);
        if (picks is null)
        {
            torch.Tensor source = Views.Expand(Trim(typed, view.Rank), view.Sizes);
            bool apart = add || ReferenceEquals(typed.Use("index_put_"), x.Use("index_put_")); // the value may lie under its own place
            Copying.Into(view, add ? Arithmetic.Add(view, source) : apart ? Copying.Contiguous(source) : source, "index_put_");
        }
        else
        {
            var plan = new PickPlan(view, picks);
            plan.Put(Views.Expand(Trim(typed, plan.Sizes.Length), plan.Sizes).Dense(), add);
        }
    }

    /// <summary>The slices of x along a dimension that index names.</summary>
    public static torch.Tensor IndexSelect(torch.Tensor x, long dim, torch.Tensor index)
    {
        int d = Shape.Dim(dim, x.Rank, "index_select");
        index.Require(torch.ScalarType.Int64, "index_select");
        if (index.Rank > 1 || x.Rank == 0)
            throw new ArgumentException($"index_select: the index {index.Text} is not a vector, or {x.Text} has no dimension");
        using torch.Tensor flat = index.View(index.Offset, [index.Count], index.Contiguous ? null : index.Strides, "index_select");
        var picks = new torch.Tensor?[x.Rank];
        picks[d] = flat;
        return Pick(x, picks);
    }

    /// <summary>A value may have more leading dimensions of size 1 than its place.</summary>
    private static torch.Tensor Trim(torch.Tensor value, int rank)
    {
        while (value.Rank > rank && value.Sizes[0] == 1)
            value = Views.Select(value, 0, 0);
        return value;
    }

    /// <summary>Applies all but the tensors: a view, and a tensor or null for each of its dimensions.</summary>
    private static (torch.Tensor View, torch.Tensor?[]? Picks) View(torch.Tensor x, ReadOnlySpan<torch.TensorIndex> indices)
    {
        int used = 0;
        bool ellipsis = false;
        foreach (torch.TensorIndex index in indices)
        {
            ellipsis |= index.kind == torch.TensorIndex.Kind.Ellipsis;
            used += index.kind switch
            {
                torch.TensorIndex.Kind.Single or torch.TensorIndex.Kind.Slice => 1,
                torch.TensorIndex.Kind.Tensor => index.tensor!.Use("index").Type == torch.ScalarType.Bool ? index.tensor.Rank : 1,
                _ => 0,
            };
        }
        if (used > x.Rank)
            throw new ArgumentException($"index: {used} indices for {x.Text}");
        torch.Tensor view = x;
        var picks = new List<torch.Tensor?>();
        bool any = false;
        int d = 0;
        foreach (torch.TensorIndex index in indices)
        {
            switch (index.kind)
            {
                case torch.TensorIndex.Kind.Single:
                    view = Views.Select(view, d, index.start!.Value);
                    break;
                case torch.TensorIndex.Kind.Slice:
                    view = index is { start: null, stop: null, step: null } ? view : Views.Slice(view, d, index.start ?? 0, index.stop ?? long.MaxValue, index.step ?? 1);
                    picks.Add(null);
                    d++;
                    break;
                case torch.TensorIndex.Kind.None:
                    view = Views.Unsqueeze(view, d);
                    picks.Add(null);
                    d++;
                    break;
                case torch.TensorIndex.Kind.Bool:
                    view = Views.Narrow(Views.Unsqueeze(view, d), d, 0, index.start!.Value);
                    picks.Add(null);
                    d++;
                    break;
                case torch.TensorIndex.Kind.Ellipsis:
                    int rest = x.Rank - used;
                    for (int i = 0; ellipsis && i < rest; i++)
                        picks.Add(null);
                    d += ellipsis ? rest : 0;
                    ellipsis = false;
                    break;
                default:
                    any = true;
                    foreach (torch.Tensor pick in Places(view, d, index.tensor!))
                    {
                        picks.Add(pick);
                        d++;
                    }
                    break;
            }
        }
        while (picks.Count < view.Rank)
            picks.Add(null);
        return (view, any ? [.. picks] : null);
    }

    /// <summary>A mask as places along each of its dimensions; places as they are.</summary>
    private static torch.Tensor[] Places(torch.Tensor view, int dim, torch.Tensor index)
    {
        if (index.dtype != torch.ScalarType.Bool)
            return [index.Require(torch.ScalarType.Int64, "index")];
        for (int i = 0; i < index.Rank; i++)
            if (index.Sizes[i] != view.Sizes[dim + i])
                throw new ArgumentException($"index: the mask {index.Text} is not the shape of {view.Text} from dimension {dim} on");
        return Views.Unbind(Selection.NonZero(index), 1);
    }

    private static torch.Tensor Pick(torch.Tensor x, torch.Tensor?[] picks)
    {
        var plan = new PickPlan(x, picks);
        torch.Tensor y = plan.Take();
        return Elementwise.Recorded(x) ? y.SetHistory(new PickNode(x, picks)) : y;
    }

    /// <summary>The value gets the gradient of its places; what it covered gets none.</summary>
    private sealed class PutNode(torch.Tensor x, torch.Tensor value, torch.TensorIndex[] indices, bool add) : Node("index_put_", x, value)
    {
        private readonly long[] _value = value.Sizes;
        private readonly SavedTensor[] _saved = Array.ConvertAll(indices, index => index.tensor is null ? default : new SavedTensor(index.tensor, "index_put_"));

        protected override void Backward(torch.Tensor gradient)
        {
            var places = new torch.TensorIndex[indices.Length];
            for (int i = 0; i < places.Length; i++)
                places[i] = indices[i].tensor is null ? indices[i] : torch.TensorIndex.Tensor(_saved[i].Get(Name));
            if (Wants(1))
            {
                torch.Tensor part = Get(gradient, places);
                // A value with more leading dimensions of size 1 than its place.
                while (part.Rank < _value.Length)
                    part = Views.Unsqueeze(part, 0);
                Send(1, Reductions.SumTo(part, _value));
            }
            if (!Wants(0) || add)
            {
                Send(0, gradient);
                return;
            }
            torch.Tensor dx = Copying.Contiguous(gradient);
            Write(dx, places, Comparisons.Number(0f), false);
            Send(0, dx);
        }

        protected override void ReleaseSaved()
        {
            for (int i = 0; i < _saved.Length; i++)
                _saved[i].Release();
        }
    }

    private sealed class PickNode(torch.Tensor x, torch.Tensor?[] picks) : Node("index", x)
    {
        private readonly long[] _sizes = x.Sizes;
        private readonly SavedTensor[] _picks = Array.ConvertAll(picks, pick => pick is null ? default : new SavedTensor(pick, "index"));
        private readonly bool[] _given = Array.ConvertAll(picks, pick => pick is not null);

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, _sizes);
            dx.Floats.Clear();
            var picks = new torch.Tensor?[_picks.Length];
            for (int i = 0; i < picks.Length; i++)
                picks[i] = _given[i] ? _picks[i].Get(Name) : null;
            new PickPlan(dx, picks).Put(gradient.Dense(), true);
            Send(0, dx);
        }

        protected override void ReleaseSaved()
        {
            for (int i = 0; i < _picks.Length; i++)
                _picks[i].Release();
        }
    }
}
