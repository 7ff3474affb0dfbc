using System.Runtime.InteropServices;

namespace LibTorchPeer;

/// <summary>The stream to which native code writes its warnings.</summary>
internal static partial class StandardError
{
    private const int WriteOnly = 1, Descriptor = 2;

    /// <summary>Discards what is written from now on: where NNPACK does not run, LibTorch warns at every convolution, and writing that takes time.</summary>
    internal static void Discard() => _ = Duplicate(Open("/dev/null", WriteOnly), Descriptor);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);
}
