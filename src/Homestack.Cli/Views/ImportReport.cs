using Homestack.Collections;

namespace Homestack.Cli.Views;

/// <summary>What <c>import --json</c> prints. Stable: fields are added, never renamed or removed.</summary>
/// <param name="Home">The home's name.</param>
/// <param name="Folder">Absolute.</param>
/// <param name="Files">Paths inside the folder.</param>
/// <param name="Services">Service (<c>stack/name</c>) → the container that it takes over.</param>
/// <param name="Secrets">Names of the secrets that were kept instead of written.</param>
/// <param name="LeftOut">Container → why it was left out.</param>
internal sealed record ImportReport(string Home, string Folder, ValueList<string> Files, ValueMap<string> Services, ValueList<string> Secrets, ValueMap<string> LeftOut);
