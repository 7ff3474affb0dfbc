using System.Reflection;
using BitMiracle.LibJpeg.Classic;

namespace DigitML.Model.Images;

/// <summary>
/// Starts LibJpeg.NET's count of blocks before the next restart marker at the beginning of a scan. LibJpeg.NET 1.5.324 does so for sequential scans only, so that a progressive
/// JPEG with restart markers would seem damaged. If a later version renames these fields, it is left as it is.
/// </summary>
internal static class JpegRestartCount
{
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly FieldInfo? Interval = typeof(jpeg_decompress_struct).GetField("m_restart_interval", Private);
    private static readonly FieldInfo? Entropy = typeof(jpeg_decompress_struct).GetField("m_entropy", Private);
    private static readonly FieldInfo? Count = Type.GetType("BitMiracle.LibJpeg.Classic.Internal.huff_entropy_decoder, BitMiracle.LibJpeg.NET")?.GetField("m_restarts_to_go", Private);

    /// <summary>To be called before the first block of a scan is decoded.</summary>
    internal static void Begin(jpeg_decompress_struct decoder)
    {
        if (Entropy?.GetValue(decoder) is { } entropy && Count?.DeclaringType == entropy.GetType()) Count.SetValue(entropy, Interval?.GetValue(decoder));
    }
}
