namespace Bridge.Torch.Kernels;

/// <summary>Cuts the rows of a matrix into blocks of some 8192 elements, for loops that threads share. The cut depends on the sizes only.</summary>
internal static class RowBlocks
{
    private const int Elements = 8192;

    public static int Count(int rows, int rowLength)
    {
        int each = Each(rowLength);
        return (rows + each - 1) / each;
    }

    public static (int First, int Count) Part(int block, int rows, int rowLength)
    {
        int each = Each(rowLength);
        return (block * each, Math.Min(each, rows - block * each));
    }

    private static int Each(int rowLength) => Math.Max(1, Elements / Math.Max(rowLength, 1));
}
