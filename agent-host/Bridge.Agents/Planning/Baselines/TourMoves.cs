namespace Bridge.Agents.Planning.Baselines;

/// <summary>Small changes of an order.</summary>
internal static class TourMoves
{
    /// <summary>Moves one element elsewhere, exchanges two, or turns a stretch around, each as often.</summary>
    public static void Change(Span<int> order, Random random)
    {
        switch (random.Next(3))
        {
            case 0: MoveOne(order, random); break;
            case 1: Swap(order, random); break;
            default: ReverseStretch(order, random); break;
        }
    }

    private static void MoveOne(Span<int> order, Random random)
    {
        int from = random.Next(order.Length), to = random.Next(order.Length), moved = order[from];
        if (from < to)
            order[(from + 1)..(to + 1)].CopyTo(order[from..]);
        else
            order[to..from].CopyTo(order[(to + 1)..]);
        order[to] = moved;
    }

    private static void ReverseStretch(Span<int> order, Random random)
    {
        int a = random.Next(order.Length), b = random.Next(order.Length);
        order[Math.Min(a, b)..(Math.Max(a, b) + 1)].Reverse();
    }

    private static void Swap(Span<int> order, Random random)
    {
        int a = random.Next(order.Length), b = random.Next(order.Length);
        (order[a], order[b]) = (order[b], order[a]);
    }
}
