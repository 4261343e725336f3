using Homestack.Collections;

namespace Homestack.Cli.Views;

/// <summary>What <c>validate --json</c> prints. Stable: fields are added, never renamed or removed.</summary>
/// <param name="IsValid">No errors.</param>
/// <param name="Home">The home's name; empty when it could not be read.</param>
/// <param name="Services">How many services it has.</param>
/// <param name="Diagnostics">All that was found.</param>
/// <param name="LeftOut">How many more there are.</param>
internal sealed record ValidateReport(bool IsValid, string Home, int Services, ValueList<DiagnosticReport> Diagnostics, int LeftOut);
