using BenchmarkDotNet.Running;
using DigitML.Benchmarks;
using DigitML.Engine;

try
{
    switch (args)
    {
        case ["peers", .. var rest]:
            PeerComparisons.Run(new Options(rest));
            if (!rest.Contains("--only")) Load.Run(new Options(rest));
            break;
        case ["variants", .. var rest]:
            VariantComparisons.Run(new Options(rest));
            break;
        case ["accuracy", .. var rest]:
            Accuracy.Run(new Options(rest));
            break;
        case ["build", .. var rest]:
            ModelBuilder.Run(new Options(rest));
            break;
        case ["epochs-batch", .. var rest]:
            EpochsBatch.Run(new Options(rest));
            break;
        case ["growth", .. var rest]:
            Growth.Run(new Options(rest));
            break;
        case ["footprint", .. var rest]:
            Footprint.Run(new Options(rest));
            break;
        case ["modes", .. var rest]:
            NumericModes.Run(new Options(rest));
            break;
        case ["load", .. var rest]:
            Load.Run(new Options(rest));
            break;
        case ["many-threads", .. var rest]:
            ManyThreads.Run(new Options(rest));
            break;
        case ["mlnet", .. var rest]:
            MlNetTrainers.Run(new Options(rest));
            break;
        case ["pictures", .. var rest]:
            Pictures.Run(new Options(rest));
            break;
        case ["keep-busy"]:
            BusyProcessor.KeepBusy();
            break;
        case ["icon"]:
            PackageIcon.Draw();
            break;
        case ["readme"]:
            ReadmeResults.Update();
            break;
        default:
            BenchmarkSwitcher.FromAssembly(typeof(SideBySide).Assembly).Run(args);
            break;
    }
}
catch (DigitMLException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

return 0;
