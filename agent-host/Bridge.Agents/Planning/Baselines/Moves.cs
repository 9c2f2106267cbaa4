namespace Bridge.Agents.Planning.Baselines;

/// <summary>Small changes of an order.</summary>
internal static class Moves
{
    /// <summary>Takes one element out and puts it in elsewhere.</summary>
    public static void MoveOne(Span<int> order, Random random)
    {
        int from = random.Next(order.Length), to = random.Next(order.Length), moved = order[from];
        if (from < to)
            order[(from + 1)..(to + 1)].CopyTo(order[from..]);
        else
            order[to..from].CopyTo(order[(to + 1)..]);
        order[to] = moved;
    }

    /// <summary>Turns a stretch around.</summary>
    public static void ReverseStretch(Span<int> order, Random random)
    {
        int a = random.Next(order.Length), b = random.Next(order.Length);
        order[Math.Min(a, b)..(Math.Max(a, b) + 1)].Reverse();
    }

    /// <summary>Exchanges two elements.</summary>
    public static void Swap(Span<int> order, Random random)
    {
        int a = random.Next(order.Length), b = random.Next(order.Length);
        (order[a], order[b]) = (order[b], order[a]);
    }
}
