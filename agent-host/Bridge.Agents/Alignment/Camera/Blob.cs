namespace Bridge.Agents.Alignment.Camera;

/// <summary>Bright pixels that touch each other.</summary>
internal sealed record Blob(List<int> Pixels)
{
    /// <summary>All blobs above a threshold; four neighbours count as touching.</summary>
    public static List<Blob> All(float[] grey, int width, int height, double threshold)
    {
        var blobs = new List<Blob>();
        bool[] seen = new bool[grey.Length];
        var open = new Stack<int>();
        for (int start = 0; start < grey.Length; start++)
        {
            if (seen[start] || grey[start] < threshold)
                continue;
            var pixels = new List<int>();
            Visit(start);
            while (open.TryPop(out int at))
            {
                pixels.Add(at);
                int x = at % width, y = at / width;
                if (x > 0)
                    Visit(at - 1);
                if (x < width - 1)
                    Visit(at + 1);
                if (y > 0)
                    Visit(at - width);
                if (y < height - 1)
                    Visit(at + width);
            }
            blobs.Add(new Blob(pixels));
        }
        return blobs;

        void Visit(int at)
        {
            if (seen[at] || grey[at] < threshold)
                return;
            seen[at] = true;
            open.Push(at);
        }
    }
}
