namespace Bridge.Agents.Planning.Baselines;

/// <summary>
/// Simulated annealing over orders of patches (CryoRL, section 5.2; the paper gives no settings). From a random order; each step changes it a
/// little, which is kept if it is better or by the chance exp(change / temperature). The temperature, in good holes, falls geometrically.
/// </summary>
internal static class AnnealedTour
{
    private const int Steps = 20_000;
    private const double FirstTemperature = 3, LastTemperature = 0.03;

    public static int[] Find(PatchTour tour, Random random)
    {
        int[] order = [.. tour.Patches], best = [.. order], changed = [.. order];
        random.Shuffle(order);
        double worth = tour.Worth(order), bestWorth = double.NegativeInfinity;
        double temperature = FirstTemperature, cooling = Math.Pow(LastTemperature / FirstTemperature, 1.0 / Steps);
        for (int step = 0; step < Steps && order.Length > 1; step++, temperature *= cooling)
        {
            order.CopyTo(changed, 0);
            TourMoves.Change(changed, random);
            double changedWorth = tour.Worth(changed);
            if (changedWorth < worth && random.NextDouble() >= Math.Exp((changedWorth - worth) / temperature))
                continue;
            (order, changed, worth) = (changed, order, changedWorth);
            if (worth > bestWorth)
            {
                bestWorth = worth;
                order.CopyTo(best, 0);
            }
        }
        return best;
    }
}
