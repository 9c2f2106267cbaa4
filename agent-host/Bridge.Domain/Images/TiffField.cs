namespace Bridge.Domain.Images;

/// <summary>One field of a TIFF directory.</summary>
/// <param name="Offset">Where its values lie: in the entry itself if they fit.</param>
internal readonly record struct TiffField(int Type, long Count, long Offset);
