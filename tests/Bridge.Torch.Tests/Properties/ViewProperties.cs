using FsCheck;
using FsCheck.Fluent;
using TorchSharp;

namespace Bridge.Torch.Tests.Properties;

[TestClass]
public sealed class ViewProperties
{
    [TestMethod]
    public void Views_AnyChainOfThem_ShowsTheSamePlaces() => Prop.ForAll((int seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var random = new System.Random(seed);
        var (tensor, judge) = Plain.Draw(Plain.DrawShape(random), random);
        for (int i = random.Next(5); i > 0; i--)
            (tensor, judge) = View(tensor, judge, random);

        return judge.Same(tensor) && judge.Same(tensor.contiguous()) && judge.Same(tensor.clone())
            && new Plain(judge.Shape, place => (float)judge.At(place) * 2).Same(tensor + tensor)
            && Close(judge.Places().Sum(judge.At), tensor.sum().item<float>());
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Reshape_AnyView_KeepsTheOrderOfElements() => Prop.ForAll((int seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var random = new System.Random(seed);
        var (tensor, judge) = Plain.Draw(Plain.DrawShape(random), random);
        (tensor, judge) = View(tensor, judge, random);
        double[] flat = [.. judge.Places().Select(place => (double)(float)judge.At(place))];

        return Golden.GoldenTensor.Numbers(tensor.reshape(-1)).SequenceEqual(flat)
            && Golden.GoldenTensor.Numbers(tensor.flatten()).SequenceEqual(flat);
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void CatAndSplit_AlongAnyDimension_AreInverse() => Prop.ForAll((int seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var random = new System.Random(seed);
        long[] shape = [.. Plain.DrawShape(random, most: 3), random.Next(1, 6)];
        var (tensor, judge) = Plain.Draw(shape, random);
        int dim = random.Next(shape.Length);

        return judge.Same(torch.cat(tensor.split(random.Next(1, 4), dim), dim));
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Gradient_ThroughAView_GoesBackToItsPlaces() => Prop.ForAll((int seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var random = new System.Random(seed);
        var (leaf, judge) = Plain.Draw(Plain.DrawShape(random), random);
        leaf.requires_grad_();
        var (view, seen) = View(leaf, judge, random);

        (view * view).sum().backward();

        // The gradient is twice the value, and 0 where the view does not look; every place is seen at most once.
        HashSet<double> values = [.. seen.Places().Select(seen.At)];
        return judge.Places().Select(judge.At).Distinct().Count() != judge.Places().Count()
            || new Plain(judge.Shape, place => values.Contains(judge.At(place)) ? 2 * (float)judge.At(place) : 0).Same(leaf.grad!);
    }).QuickCheckThrowOnFailure();

    private static (torch.Tensor, Plain) View(torch.Tensor tensor, Plain judge, System.Random random)
    {
        int rank = judge.Shape.Length;
        if (rank == 0)
            return (tensor.unsqueeze(0), new Plain([1], _ => judge.At([])));
        int dim = random.Next(rank), other = random.Next(rank);
        long size = judge.Shape[dim];
        switch (random.Next(4))
        {
            case 0:
                return (tensor.transpose(dim, other), new Plain(Swapped(judge.Shape, dim, other), place => judge.At(Swapped(place, dim, other))));
            case 1 when size > 0:
                long start = random.Next((int)size), step = random.Next(1, 3);
                return (tensor.slice(dim, start, size, step),
                    new Plain(With(judge.Shape, dim, (size - start + step - 1) / step), place => judge.At(With(place, dim, start + step * place[dim]))));
            case 2 when size > 0:
                long index = random.Next((int)size);
                return (tensor.select(dim, index), new Plain(Without(judge.Shape, dim), place => judge.At([.. place[..dim], index, .. place[dim..]])));
            default:
                return (tensor.unsqueeze(dim), new Plain([.. judge.Shape[..dim], 1, .. judge.Shape[dim..]], place => judge.At(Without(place, dim))));
        }
    }

    private static long[] Swapped(long[] numbers, int a, int b)
    {
        long[] swapped = (long[])numbers.Clone();
        (swapped[a], swapped[b]) = (swapped[b], swapped[a]);
        return swapped;
    }

    private static long[] With(long[] numbers, int place, long number)
    {
        long[] changed = (long[])numbers.Clone();
        changed[place] = number;
        return changed;
    }

    private static long[] Without(long[] numbers, int place) => [.. numbers[..place], .. numbers[(place + 1)..]];

    private static bool Close(double due, double actual) => Math.Abs(due - actual) <= 1e-3 * Math.Max(1, Math.Abs(due));
}
