namespace Bridge.Agents.Planning.Baselines;

/// <summary>
/// A genetic algorithm over orders of patches (CryoRL, section 5.2; the paper gives no settings). The first generation is random; parents
/// are chosen by tournament and crossed by order crossover (a stretch of the one, the rest in the order of the other); a child may be
/// changed a little; the best few survive as they are.
/// </summary>
internal static class GeneticTour
{
    private const int Population = 60, Generations = 250, Survivors = 2, Tournament = 2;
    private const double MutationChance = 0.9;

    public static int[] Find(PatchTour tour, Random random)
    {
        int[][] population = [.. Enumerable.Range(0, Population).Select(_ => Shuffled(tour.Patches, random))];
        int[][] next = [.. population.Select(order => (int[])order.Clone())];
        double[] worth = new double[Population];
        bool[] taken = new bool[tour.Patches.Count == 0 ? 0 : tour.Patches.Max() + 1];
        Rate(tour, population, worth);
        for (int generation = 0; generation < Generations && tour.Patches.Count > 1; generation++)
        {
            for (int i = 0; i < Survivors; i++)
                population[i].CopyTo(next[i], 0);
            for (int i = Survivors; i < Population; i++)
            {
                Cross(population[Choose(random)], population[Choose(random)], next[i], taken, random);
                if (random.NextDouble() < MutationChance)
                    TourMoves.Change(next[i], random);
            }
            (population, next) = (next, population);
            Rate(tour, population, worth);
        }
        return population[0];
    }

    /// <summary>Sorts a generation, best first; equals keep their order.</summary>
    private static void Rate(PatchTour tour, int[][] population, double[] worth)
    {
        for (int i = 0; i < population.Length; i++)
            worth[i] = -tour.Worth(population[i]);
        int[][] sorted = [.. population.Select((order, i) => (order, i)).OrderBy(pair => worth[pair.i]).Select(pair => pair.order)];
        sorted.CopyTo(population, 0);
    }

    /// <summary>The best of a few drawn at random: the smallest number, because a generation is sorted.</summary>
    private static int Choose(Random random)
    {
        int best = Population;
        for (int i = 0; i < Tournament; i++)
            best = Math.Min(best, random.Next(Population));
        return best;
    }

    private static void Cross(int[] stretch, int[] rest, int[] child, bool[] taken, Random random)
    {
        int from = random.Next(child.Length), length = random.Next(1, child.Length - from + 1);
        Array.Clear(taken);
        for (int i = from; i < from + length; i++)
        {
            child[i] = stretch[i];
            taken[stretch[i]] = true;
        }
        int to = 0;
        foreach (int patch in rest)
        {
            if (taken[patch])
                continue;
            if (to == from)
                to += length;
            child[to++] = patch;
        }
    }

    private static int[] Shuffled(IReadOnlyList<int> patches, Random random)
    {
        int[] order = [.. patches];
        random.Shuffle(order);
        return order;
    }
}
