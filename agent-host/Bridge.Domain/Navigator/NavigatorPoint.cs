using Bridge.Contracts;

namespace Bridge.Domain.Navigator;

/// <summary>A point to be collected, read from its item once.</summary>
internal readonly record struct NavigatorPoint(NavigatorItem Item, StageUm Stage, int GroupId, int DrawnId);
