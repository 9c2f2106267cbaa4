namespace Bridge.Agents.Planning.Rate;

/// <summary>A patch of a plan, with how many of its best unvisited holes are to be taken.</summary>
internal readonly record struct Stop(int Patch, int Holes)
{
    public static Stop None { get; } = new(-1, 0);
}
