using System.Diagnostics;

namespace DigitML.Tests.Packages;

/// <summary>Runs dotnet, or a program, as a user would; a failure shows all that it printed.</summary>
internal static class DotnetCommand
{
    /// <summary>Returns the standard output, with LF.</summary>
    internal static string Run(string folder, params string[] arguments) => RunProgram(folder, "dotnet", arguments);

    /// <inheritdoc cref="Run"/>
    internal static string RunProgram(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

        // The test host's own choice of packages must not reach the app.
        start.Environment.Remove("NUGET_PACKAGES");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output.ReplaceLineEndings("\n");
    }
}
