namespace Bridge.Agents.Planning.Pictures;

/// <summary>A rectangle of a picture, in pixels.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    /// <summary>Equal cells side by side and one below the other, as square as can be, each with a margin around it.</summary>
    /// <param name="margin">Part of the cell's smaller side that stays free on each side, below 0.5.</param>
    public Box[] Split(int cells, double margin)
    {
        int across = 1;
        for (double worst = double.PositiveInfinity, columns = 1; columns <= cells; columns++)
        {
            double aspect = Width / columns / (Height / Math.Ceiling(cells / columns));
            if (Math.Max(aspect, 1 / aspect) < worst)
                (worst, across) = (Math.Max(aspect, 1 / aspect), (int)columns);
        }
        int down = (cells + across - 1) / across;
        double width = Width / across, height = Height / down, free = margin * Math.Min(width, height);
        var boxes = new Box[cells];
        for (int i = 0; i < cells; i++)
            boxes[i] = new Box(Left + i % across * width + free, Top + i / across * height + free, width - 2 * free, height - 2 * free);
        return boxes;
    }
}
