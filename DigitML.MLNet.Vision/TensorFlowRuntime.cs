using System.Runtime.InteropServices;
using DigitML.Engine;
using Tensorflow;
using static Tensorflow.Binding;

namespace DigitML.MLNet.Vision;

/// <summary>The native library of TensorFlow, which ML.NET's packages do not include.</summary>
internal static class TensorFlowRuntime
{
    /// <summary>Loads it, so that a missing library is reported before any work.</summary>
    /// <exception cref="DigitMLException">It is missing.</exception>
    internal static void Require()
    {
        if (!NativeLibrary.TryLoad("tensorflow", typeof(c_api).Assembly, searchPath: null, out _))
        {
            throw new DigitMLException(
                "The trainer \"imageclassification\" needs TensorFlow's native library, which was not found; it comes with the package SciSharp.TensorFlow.Redist "
                + "(or, with -p:TensorFlowGpu=true, SciSharp.TensorFlow.Redist-Linux-GPU).");
        }
    }

    /// <summary>The devices that TensorFlow finds, as text. It uses a GPU if there is one.</summary>
    internal static string Devices() => string.Join(", ", tf.config.list_physical_devices().Select(device => $"{device.DeviceType} {device.DeviceName}"));
}
