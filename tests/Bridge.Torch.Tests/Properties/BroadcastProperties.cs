using FsCheck;
using FsCheck.Fluent;
using TorchSharp;

namespace Bridge.Torch.Tests.Properties;

[TestClass]
public sealed class BroadcastProperties
{
    [TestMethod]
    public void Arithmetic_ShapesThatFit_IsDoneElementByElement() => Prop.ForAll((int seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var random = new System.Random(seed);
        var ((a, left), (b, right), shape) = DrawPair(random);

        return new Plain(shape, place => (float)left.At(Into(place, left.Shape)) + (float)right.At(Into(place, right.Shape))).Same(a + b)
            && new Plain(shape, place => (float)left.At(Into(place, left.Shape)) * (float)right.At(Into(place, right.Shape))).Same(a * b)
            && new Plain(shape, place => Math.Max(left.At(Into(place, left.Shape)), right.At(Into(place, right.Shape)))).Same(torch.maximum(a, b));
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Gradient_Broadcast_HasTheInputsShape_AndCountsTheRepeats() => Prop.ForAll((int seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var ((a, left), (b, right), shape) = DrawPair(new System.Random(seed));
        a.requires_grad_();
        b.requires_grad_();

        (a - b).sum().backward();

        double repeats(long[] own) => own.Contains(0) ? 0 : shape.Aggregate(1.0, (product, size) => product * size) / own.Aggregate(1.0, (product, size) => product * size);
        return new Plain(left.Shape, _ => repeats(left.Shape)).Same(a.grad!) && new Plain(right.Shape, _ => -repeats(right.Shape)).Same(b.grad!);
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Arithmetic_ShapesThatDoNotFit_NamesOperationAndBothShapes() => Prop.ForAll((int seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var random = new System.Random(seed);
        long[] a = [random.Next(2, 5), random.Next(1, 5)], b = [a[0] + 1, a[1]];
        string message = Assert.ThrowsExactly<ArgumentException>(() => _ = torch.zeros(a) + torch.zeros(b)).Message;
        return message.StartsWith("add") && message.Contains($"[{a[0]}, {a[1]}]") && message.Contains($"[{b[0]}, {b[1]}]");
    }).QuickCheckThrowOnFailure();

    /// <summary>Two shapes that fit each other, and the shape they make: some sizes are 1, some leading ones are left out.</summary>
    private static ((torch.Tensor, Plain) A, (torch.Tensor, Plain) B, long[] Shape) DrawPair(System.Random random)
    {
        long[] shape = Plain.DrawShape(random);
        long[] a = Shrink(shape, random), b = Shrink(shape, random);
        long[] result = new long[Math.Max(a.Length, b.Length)];
        for (int d = 1; d <= result.Length; d++)
        {
            long x = d <= a.Length ? a[^d] : 1, y = d <= b.Length ? b[^d] : 1;
            result[^d] = x == 1 ? y : x;
        }
        return (Plain.Draw(a, random), Plain.Draw(b, random), result);
    }

    private static long[] Shrink(long[] shape, System.Random random) => [.. shape.Skip(random.Next(shape.Length + 1)).Select(size => random.Next(3) == 0 ? 1 : size)];

    /// <summary>The place of a smaller tensor that stands at a place of the whole.</summary>
    private static long[] Into(long[] place, long[] shape)
    {
        long[] own = place[^shape.Length..];
        for (int d = 0; d < own.Length; d++)
            if (shape[d] == 1)
                own[d] = 0;
        return own;
    }
}
