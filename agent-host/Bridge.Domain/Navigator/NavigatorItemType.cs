namespace Bridge.Domain.Navigator;

/// <summary>What a Navigator item is; the numbers are SerialEM's.</summary>
public enum NavigatorItemType
{
    Point = 0,
    Polygon = 1,
    Map = 2,
    Imported = 3,
    Anchor = 4,
}
