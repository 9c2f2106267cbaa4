namespace Bridge.Domain.Navigator;

/// <summary>Which level of the hierarchy a map or polygon shows.</summary>
internal enum ViewLevel
{
    Patch,
    Square,
    GridImage,
}
