namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>A phase in which each thread takes a few neighbouring samples at a time through all of its actions.</summary>
internal interface ISamplePhase
{
    /// <summary>Maximum number of samples at a time, once all actions are added; the index of the first of them is a multiple of it.</summary>
    int SamplesAtATime { get; }
}
