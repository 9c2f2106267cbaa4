using Bridge.Domain.Sessions;

namespace Bridge.Agents.Planning;

/// <summary>Chooses the next hole. One instance serves one collection, called by one thread at a time.</summary>
public interface IPlanner
{
    /// <summary>Name by which it is chosen.</summary>
    string Name { get; }

    /// <summary>The next move. Does not change <paramref name="state"/>: whoever asked carries the move out.</summary>
    PlanResult Next(CollectionState state);

    /// <summary>Told once for every hole whose CTF value became known, after it is in <paramref name="state"/>.</summary>
    void Observe(CollectionState state, int hole);

    /// <summary>Told that predictions became known, after they are in <paramref name="state"/>.</summary>
    /// <returns>True if they were taken in; false if the planner must be made anew for them and told all results again.</returns>
    bool See(CollectionState state) => false;

    /// <summary>What is believed of a hole now, and what moved it; null from planners that hold no beliefs.</summary>
    HoleBelief? Explain(int hole) => null;
}
