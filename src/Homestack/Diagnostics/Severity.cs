namespace Homestack.Diagnostics;

/// <summary>What a diagnostic does to the run: an error stops it after the stage, a warning is printed.</summary>
public enum Severity
{
    Warning,
    Error,
}
