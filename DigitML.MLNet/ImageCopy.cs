namespace DigitML.MLNet;

/// <summary>Copies the image of the current row of a cursor.</summary>
/// <param name="image">Receives the pixels as bytes.</param>
internal delegate void ImageCopy(Span<byte> image);
