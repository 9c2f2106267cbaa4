namespace TorchSharp;

/// <summary>What stands beyond the edge of an image.</summary>
public enum PaddingModes
{
    Constant = 0,
    Reflect = 1,
    Replicate = 2,
    Circular = 3,
    Zeros = 4,
}
