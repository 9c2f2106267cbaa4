using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Tensors;

[TestClass]
public sealed class IndexingTests
{
    private static float[] Values(Tensor x) => x.data<float>().ToArray();

    private static Tensor Counting(params long[] shape) => arange(0, shape.Aggregate(1L, (a, b) => a * b)).to_type(float32).reshape(shape);

    [TestMethod]
    public void Index_NumbersAndSlices_ShowTheSamePlacesAsByHand()
    {
        Tensor x = Counting(2, 3, 4);

        CollectionAssert.AreEqual(new float[] { 20, 21, 22, 23 }, Values(x[1, 2]));
        CollectionAssert.AreEqual(new float[] { 3, 7, 11 }, Values(x[0, TensorIndex.Ellipsis, -1]));
        CollectionAssert.AreEqual(new float[] { 1, 3, 13, 15 }, Values(x[TensorIndex.Colon, 0, TensorIndex.Slice(1, null, 2)]));
        CollectionAssert.AreEqual(new float[] { 8, 9 }, Values(x[0, ^1, ..2]));
        CollectionAssert.AreEqual(new long[] { 1, 2, 1, 3, 4 }, x[TensorIndex.None, TensorIndex.Ellipsis].unsqueeze(2).shape);
        CollectionAssert.AreEqual(new long[] { 2, 0, 4 }, x[.., 2..2].shape);
        CollectionAssert.AreEqual(new long[] { 0, 2, 3, 4 }, x[TensorIndex.Bool(false)].shape);
    }

    [TestMethod]
    public void Index_Slices_AreViews_TensorsAreCopies()
    {
        Tensor x = Counting(3, 2);

        x[1].fill_(-1);
        x[TensorIndex.Tensor(tensor([0L]))].fill_(-2);

        CollectionAssert.AreEqual(new float[] { 0, 1, -1, -1, 4, 5 }, Values(x));
    }

    [TestMethod]
    public void Index_TensorsApart_StandInFront_NeighboursWhereTheyWere()
    {
        Tensor x = Counting(2, 3, 4, 5);
        TensorIndex i = tensor([1L, 0, 1]), j = tensor([2L, 2, 0]);

        CollectionAssert.AreEqual(new long[] { 2, 3, 5 }, x[TensorIndex.Colon, i, j].shape);
        CollectionAssert.AreEqual(new long[] { 3, 3, 5 }, x[i, TensorIndex.Colon, j].shape);
        Assert.AreEqual(x[1, 1, 2, 3].ToSingle(), x[i, TensorIndex.Colon, j][0, 1, 3].ToSingle());
        Assert.AreEqual(x[1, 0, 2, 3].ToSingle(), x[TensorIndex.Colon, i, j][1, 1, 3].ToSingle());
    }

    [TestMethod]
    public void Index_PlacesOfRandomShape_PickElementByElement() => Prop.ForAll((int seed) =>
    {
        var random = new System.Random(seed);
        long rows = random.Next(1, 6), columns = random.Next(1, 6), inner = random.Next(1, 4), count = random.Next(0, 7);
        Tensor x = random.Next(2) == 0 ? Counting(rows, columns, inner) : Counting(inner, columns, rows).permute(2, 1, 0);
        long[] at = [.. Enumerable.Range(0, (int)count).Select(_ => random.NextInt64(-columns, columns))];

        Tensor picked = x[TensorIndex.Colon, TensorIndex.Tensor(tensor(at, [count]))], selected = x.index_select(1, tensor([.. at.Select(a => a < 0 ? a + columns : a)], [count]));

        for (long r = 0; r < rows; r++)
            for (int k = 0; k < count; k++)
                for (long i = 0; i < inner; i++)
                    Assert.AreEqual(x[r, at[k] < 0 ? at[k] + columns : at[k], i].ToSingle(), picked[r, k, i].ToSingle());
        Assert.IsTrue(picked.Equals(selected));
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Mask_OfRandomTruth_PicksWhatIsTrue_AndFillsIt() => Prop.ForAll((int seed) =>
    {
        var random = new System.Random(seed);
        bool[] truth = [.. Enumerable.Range(0, 12).Select(_ => random.Next(2) == 0)];
        Tensor x = Counting(3, 4), mask = tensor(truth, [3, 4]);
        float[] wanted = [.. Enumerable.Range(0, 12).Where(i => truth[i]).Select(i => (float)i)];

        CollectionAssert.AreEqual(wanted, Values(x[TensorIndex.Tensor(mask)]));
        CollectionAssert.AreEqual(wanted, Values(x.masked_select(mask)));
        CollectionAssert.AreEqual(truth.Select((t, i) => t ? -1f : i).ToArray(), Values(x.masked_fill(mask, -1)));
        Tensor y = x.clone();
        y[TensorIndex.Tensor(mask)] = tensor(-1f);
        Assert.IsTrue(y.Equals(x.masked_fill(mask, -1)));
        Assert.AreEqual(wanted.Length, mask.nonzero().shape[0]);
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void GatherAndScatter_RandomPlaces_GoElementByElement() => Prop.ForAll((int seed) =>
    {
        var random = new System.Random(seed);
        long n = random.Next(1, 5), m = random.Next(1, 5);
        int dim = random.Next(2);
        long[] at = [.. Enumerable.Range(0, (int)(n * m)).Select(_ => random.NextInt64(0, dim == 0 ? n : m))];
        Tensor x = random.Next(2) == 0 ? Counting(n, m) : Counting(m, n).t(), index = tensor(at, [n, m]);

        Tensor gathered = x.gather(dim, index), added = zeros([n, m]).scatter_add(dim, index, x), put = zeros([n, m]).scatter(dim, index, x);

        var sums = new float[n, m];
        var last = new float[n, m];
        for (long i = 0; i < n; i++)
            for (long j = 0; j < m; j++)
            {
                long a = at[i * m + j];
                Assert.AreEqual((dim == 0 ? x[a, j] : x[i, a]).ToSingle(), gathered[i, j].ToSingle());
                ref float sum = ref dim == 0 ? ref sums[a, j] : ref sums[i, a];
                sum += x[i, j].ToSingle();
                (dim == 0 ? ref last[a, j] : ref last[i, a]) = x[i, j].ToSingle();
            }
        Assert.IsTrue(added.Equals(tensor(sums)));
        Assert.IsTrue(put.Equals(tensor(last)));
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Index_PutAndAdd_RepeatedPlaces()
    {
        Tensor x = zeros([3, 2]);

        x[1] = tensor([5f, 6]);
        x[.., 0] = tensor(9f);
        x.index_add_(0, tensor([2L, 2]), ones([2, 2]), 10f);
        x.index_put_(tensor([7f]), TensorIndex.Tensor(tensor([0L])), TensorIndex.Tensor(tensor([1L])));

        CollectionAssert.AreEqual(new float[] { 9, 7, 9, 6, 29, 20 }, Values(x));
    }

    [TestMethod]
    public void Index_OutsideOrOfTheWrongKind_SaysWhatIsWrong()
    {
        Tensor x = Counting(2, 3);

        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ = x[2]).Message, "[2, 3]");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ = x[0, -4]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ = x[0, 0, 0]).Message, "3 indices");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ = x[TensorIndex.Tensor(tensor([5L]))]);
        Assert.ThrowsExactly<ArgumentException>(() => _ = x[TensorIndex.Tensor(tensor([0.5f]))]);
        Assert.ThrowsExactly<ArgumentException>(() => _ = x[TensorIndex.Tensor(tensor([true, false, true]))]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => x.gather(1, tensor([3L], [1, 1])));
        Assert.ThrowsExactly<ArgumentException>(() => x.gather(1, tensor([0L], [1])));
        Assert.ThrowsExactly<ArgumentException>(() => x.gather(1, ones([1, 1])));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => x.index_select(0, tensor([7L])));
        Assert.ThrowsExactly<ArgumentException>(() => x[TensorIndex.Slice(0, 2, 0)]);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => x.requires_grad_()[0] = tensor(1f)).Message, "index_put_: [2, 3] is a leaf");
    }
}
