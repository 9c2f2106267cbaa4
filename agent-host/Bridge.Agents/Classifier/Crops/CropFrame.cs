namespace Bridge.Agents.Classifier.Crops;

/// <summary>Where a crop lies in an image, in pixels of the image. (0, 0) is the outer corner of the first pixel, so the middle of that pixel is (0.5, 0.5).</summary>
/// <param name="X">Middle of the crop, along the rows.</param>
/// <param name="Y">Likewise, across the rows, in the file's order.</param>
/// <param name="Step">Pixels of the image for each pixel of the crop, above 0.</param>
/// <param name="Angle">How far the crop is turned, in radians from the image's X towards its Y.</param>
public readonly record struct CropFrame(double X, double Y, double Step, double Angle);
