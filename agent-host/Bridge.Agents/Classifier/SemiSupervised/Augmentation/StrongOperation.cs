namespace Bridge.Agents.Classifier.SemiSupervised.Augmentation;

/// <summary>What one step of the strong augmentation does: RandAugment's operations (FixMatch, Table 12) that mean anything on grey crops.</summary>
internal enum StrongOperation
{
    Identity,
    Rotate,
    ShearX,
    ShearY,
    TranslateX,
    TranslateY,
    Brightness,
    Contrast,
    Sharpness,
    Posterise,
}
