using Homestack.Diagnostics;

namespace Homestack.Generations;

/// <summary>HS5020 to HS5029: what is wrong with what was kept.</summary>
public static class GenerationDiagnostics
{
    public static Diagnostic NotReadable(int number, string path, string words) => Error("HS5020", "Generation cannot be read",
        $"Generation {number}, {path}: {words} It cannot be gone back to; the others are not touched by this.");

    public static Diagnostic NotThere(int number, IEnumerable<int> known) => Error("HS5021", "No such generation",
        $"There is no generation {number}. There are: {string.Join(", ", known)}. See them with: homestack generations");

    public static Diagnostic NothingBefore() => Error("HS5022", "Nothing to go back to", "No earlier generation ended well, so there is none to go back to.");

    private static Diagnostic Error(string code, string summary, string detail) => new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail };
}
