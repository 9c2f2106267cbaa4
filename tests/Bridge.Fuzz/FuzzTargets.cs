using Bridge.Fuzz.Targets;

namespace Bridge.Fuzz;

/// <summary>All readers of outside input.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new FrameTarget(), new MessageTarget(), new NavigatorTarget(), new MdocTarget(), new HoleTableTarget(),
        new ImageTarget("mrc", ValidImages.Mrc), new ImageTarget("tiff", ValidImages.Tiff), new ImageTarget("png", ValidImages.Png), new ImageTarget("npy", ValidImages.Npy),
        new SafetensorsTarget(), new JournalTarget(), new ScriptTarget(),
    ];
}
