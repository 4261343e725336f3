using Homestack.Diagnostics;
using Homestack.Manifests.Compose.Loading;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>What the readers of every section share.</summary>
/// <param name="Files">Resolves paths and reads env files.</param>
/// <param name="Variables">Where names without a value take theirs from.</param>
internal sealed record SpecReading(StackFiles Files, VariableScope Variables)
{
    /// <summary>Most ports that one stack may publish, with every range written out. The longest range in use is that of TURN servers, 16,384.</summary>
    public const int MostPorts = 20_000;

    private int ports;

    public DiagnosticBag Diagnostics => Files.Diagnostics;

    /// <summary>Counts ports before they are written out; false when the stack has asked for too many.</summary>
    public bool TakePorts(int count) => (ports = Math.Min(MostPorts + 1, ports + count)) <= MostPorts;
}
