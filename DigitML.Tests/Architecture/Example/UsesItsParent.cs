namespace DigitML.Tests.Architecture.Example;

/// <summary>Needs no using directive for its parent, and names it in a method body alone.</summary>
internal static class UsesItsParent
{
    internal static bool HasCircle() => DependencyCircle.Shortest(new Dictionary<string, string[]>()) is not null;
}
