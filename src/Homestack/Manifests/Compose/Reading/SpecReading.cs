using Homestack.Diagnostics;
using Homestack.Manifests.Compose.Loading;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>What the readers of every section share.</summary>
/// <param name="Files">Resolves paths and reads env files.</param>
/// <param name="Variables">Where names without a value take theirs from.</param>
internal sealed record SpecReading(StackFiles Files, VariableScope Variables)
{
    public DiagnosticBag Diagnostics => Files.Diagnostics;
}
