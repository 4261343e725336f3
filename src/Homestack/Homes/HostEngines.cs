using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Homes;

/// <summary>The container engines of a home's hosts, each opened when it is first asked for.</summary>
public sealed class HostEngines(ValueMap<Host> hosts) : IDisposable
{
    private readonly Dictionary<string, EngineWriteClient> open = [];

    /// <exception cref="MachineException">The home has no such host, or its address cannot be read.</exception>
    public IEngineWriter Of(string hostName)
    {
        if (!hosts.TryGetValue(hostName, out var host))
        {
            throw new MachineException($"host {hostName}", "The home has no such host.", "homestack status", MachineFailure.NotFound);
        }

        if (!open.TryGetValue(hostName, out var engine))
        {
            open[hostName] = engine = new(new EngineTransport(host.Engine, host.TlsFolder));
        }

        return engine;
    }

    public void Dispose()
    {
        foreach (var engine in open.Values)
        {
            engine.Dispose();
        }
    }
}
