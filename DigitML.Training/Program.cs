using System.Runtime.InteropServices;
using System.Text;
using DigitML.Training;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
return DigitMLConsole.Run(
    args, Console.Out, Console.Error, isInteractive: !Console.IsErrorRedirected, hasColors: !Console.IsOutputRedirected, cancellation: cancellation.Token);

// The first signal asks for a clean stop; a second one ends the program at once.
void Cancel(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    if (signal.Cancel) _ = SayThatItStopsAsync();
    cancellation.Cancel();
}

static async Task SayThatItStopsAsync()
{
    await Task.Delay(TimeSpan.FromSeconds(1));
    Console.Error.WriteLine("Stopping as soon as the step under way is done; Ctrl+C again ends the program at once.");
}
