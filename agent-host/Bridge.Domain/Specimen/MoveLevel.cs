namespace Bridge.Domain.Specimen;

/// <summary>The outermost level that changes on the way from one hole to another; it sets the price of the move.</summary>
public enum MoveLevel
{
    SamePatch,
    SameSquare,
    SameGridImage,
    OtherGridImage,
}
