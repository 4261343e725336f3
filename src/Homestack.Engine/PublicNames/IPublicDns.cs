using System.Net;
using Homestack.Collections;

namespace Homestack.Engine.PublicNames;

/// <summary>Who runs a domain's public DNS, as far as a home needs him.</summary>
internal interface IPublicDns
{
    /// <summary>Makes this the one address of its family at each name. Doing it twice is as doing it once.</summary>
    /// <exception cref="Machine.MachineException">He did not answer, or refused. The words hold no credential.</exception>
    Task SetAsync(ValueList<string> names, IPAddress address, CancellationToken cancellationToken);
}
