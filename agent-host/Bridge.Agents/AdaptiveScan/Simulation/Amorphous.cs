using Bridge.Agents.AdaptiveScan;

namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>Texture of an amorphous film: smoothed noise.</summary>
internal static class Amorphous
{
    /// <returns>(height, width) of mean 0 and variance 1.</returns>
    public static float[] Draw(int width, int height, double correlationPx, Random random)
    {
        float[] noise = new float[width * height], across = new float[noise.Length];
        for (int i = 0; i < noise.Length; i++)
            noise[i] = (float)(random.NextDouble() - 0.5);
        int reach = (int)Math.Ceiling(2 * correlationPx);
        float[] kernel = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(k => (float)Math.Exp(-k * k / (2 * correlationPx * correlationPx)))];
        for (int i = 0; i < noise.Length; i++)
        {
            for (int k = -reach; k <= reach; k++)
                across[i] += kernel[k + reach] * noise[i / width * width + Math.Clamp(i % width + k, 0, width - 1)];
        }
        Array.Clear(noise);
        double sum = 0, squares = 0;
        for (int i = 0; i < noise.Length; i++)
        {
            for (int k = -reach; k <= reach; k++)
                noise[i] += kernel[k + reach] * across[Math.Clamp(i / width + k, 0, height - 1) * width + i % width];
            sum += noise[i];
            squares += noise[i] * (double)noise[i];
        }
        double mean = sum / noise.Length, deviation = Math.Sqrt(Math.Max(1e-12, squares / noise.Length - mean * mean));
        for (int i = 0; i < noise.Length; i++)
            noise[i] = (float)((noise[i] - mean) / deviation);
        return noise;
    }
}
