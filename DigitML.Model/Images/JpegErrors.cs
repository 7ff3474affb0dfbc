using BitMiracle.LibJpeg.Classic;
using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>Turns LibJpeg.NET's errors and warnings into one line each. A warning about data that the pixels depend on is an error: what is left would be a guess.</summary>
internal sealed class JpegErrors(string name) : jpeg_error_mgr
{
    private const string Supported = "DigitML reads baseline and progressive JPEG of 8 bits per sample: save it as that, or as PNG.";

    /// <summary>The end of a message about a file that cannot be decoded.</summary>
    internal const string Damaged = "is damaged: its JPEG data cannot be decoded.";

    /// <summary>False while the header is read: bytes between its segments change no pixel.</summary>
    internal bool IsReadingPixels { get; set; }

    public override void error_exit() => throw new DigitMLException($"{name} {format_message()}");

    public override void emit_message(int msg_level)
    {
        if (msg_level < 0 && format_message().Length > 0) error_exit();
    }

    public override void output_message()
    {
    }

    // An empty text stands for a warning that can be ignored.
    protected override string GetMessageText(int code) => (J_MESSAGE_CODE)code switch
    {
        J_MESSAGE_CODE.JERR_NOTIMPL => $"is a JPEG with arithmetic coding; {Supported}",
        J_MESSAGE_CODE.JERR_SOF_UNSUPPORTED => $"is a lossless or hierarchical JPEG; {Supported}",
        J_MESSAGE_CODE.JERR_BAD_PRECISION => $"is a JPEG of {{0}} bits per sample; {Supported}",
        J_MESSAGE_CODE.JERR_EMPTY_IMAGE => "declares no rows or no columns; a picture has at least one row and one column.",
        J_MESSAGE_CODE.JERR_IMAGE_TOO_BIG => "declares more than {0} pixels per side, the most that DigitML reads in a JPEG.",
        J_MESSAGE_CODE.JWRN_JPEG_EOF => "is truncated: the JPEG ends before its last pixel.",
        J_MESSAGE_CODE.JWRN_HIT_MARKER => "is damaged: its JPEG data ends before the last pixel.",
        J_MESSAGE_CODE.JWRN_JFIF_MAJOR or J_MESSAGE_CODE.JWRN_NOT_SEQUENTIAL => "",
        J_MESSAGE_CODE.JWRN_EXTRANEOUS_DATA when !IsReadingPixels => "",
        _ => Damaged,
    };
}
