namespace Bridge.Agents.AdaptiveScan.Images;

/// <summary>The blur of the completion's target: 5 x 5 pixels of a Gaussian of 2.5 px (Ede 2021, section 2.1). The edge pixels are repeated outwards.</summary>
public static class GaussianBlur
{
    private const int Reach = 2;
    private const double Sigma = 2.5;
    private static readonly float[] Kernel = Make();

    /// <param name="image">(height, width), row-major; not changed.</param>
    public static float[] Blur(ReadOnlySpan<float> image, int width, int height)
    {
        float[] across = new float[image.Length], blurred = new float[image.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float sum = 0;
                for (int k = -Reach; k <= Reach; k++)
                    sum += Kernel[k + Reach] * image[y * width + Math.Clamp(x + k, 0, width - 1)];
                across[y * width + x] = sum;
            }
        }
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float sum = 0;
                for (int k = -Reach; k <= Reach; k++)
                    sum += Kernel[k + Reach] * across[Math.Clamp(y + k, 0, height - 1) * width + x];
                blurred[y * width + x] = sum;
            }
        }
        return blurred;
    }

    private static float[] Make()
    {
        double[] weights = new double[2 * Reach + 1];
        for (int k = -Reach; k <= Reach; k++)
            weights[k + Reach] = Math.Exp(-k * k / (2 * Sigma * Sigma));
        return [.. weights.Select(weight => (float)(weight / weights.Sum()))];
    }
}
