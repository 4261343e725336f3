using Homestack.Diagnostics;

namespace Homestack.Homes;

/// <summary>HS5100 to HS5149: what the commands and the engine say when there is nothing to act on.</summary>
public static class HomeDiagnostics
{
    public static Diagnostic NothingApplied(string stateFolder) =>
        Error("HS5100", "Nothing was applied yet", $"There is no generation in {stateFolder}, so there is nothing to stop or to compare with.\nBring a home up first:\n  homestack up DIR");

    public static Diagnostic EngineAnsweredOddly(string words) =>
        Error("HS5101", "The engine's answer cannot be read", $"{words} The engine may be of another version.\nEnd it and start it again:\n  homestack up -d");

    private static Diagnostic Error(string code, string summary, string detail) => new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail };
}
