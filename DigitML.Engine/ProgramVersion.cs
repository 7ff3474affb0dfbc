using System.Reflection;

namespace DigitML.Engine;

/// <summary>The version of an assembly's package, as it appears in files and messages.</summary>
internal static class ProgramVersion
{
    /// <summary>"0.1.0", or "0.1.0-alpha.0.12" of a build between releases.</summary>
    /// <param name="type">A type of the assembly.</param>
    internal static string Of(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
