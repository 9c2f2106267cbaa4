namespace Bridge.Domain.Navigator;

/// <summary>Where a target belongs: ids of its grid-level image, square and patch, each unique in its level.</summary>
internal readonly record struct Place(string GridImage, string Square, string Patch);
