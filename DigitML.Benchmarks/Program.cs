using BenchmarkDotNet.Running;
using DigitML.Benchmarks;

if (args is ["side-by-side", .. var rest])
{
    return SideBySide.Run(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(SideBySide).Assembly).Run(args);
return 0;
