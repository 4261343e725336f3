using Homestack.Collections;
using Homestack.Manifests.Compose;

namespace Homestack.Blueprints.Stacks;

/// <summary>Puts a service on its networks; without any of its own, on the stack's default one.</summary>
/// <remarks>The service's name answers everywhere; here stand only the further names: written aliases, <c>container_name</c>, and what links call it.</remarks>
internal static class AttachmentBuilder
{
    public static ValueMap<NetworkAttachment> Build(ServiceSpec spec, ValueList<string> linkNames, StackNames names)
    {
        var own = spec.ContainerName is { } containerName ? linkNames.Add(containerName.Value) : linkNames;
        var attachments = spec.Networks ?? new[] { StackNames.DefaultNetwork }.ToValueMap(key => key, key => new AttachmentSpec { Network = new(key, spec.Name.Span) });
        return attachments.Values
            .Where(attachment => names.HasNetwork(attachment.Network, spec.Name.Value))
            .ToValueMap(attachment => names.KeyOf(attachment.Network.Value), attachment => new NetworkAttachment
            {
                Aliases = attachment.Aliases.Concat(own).Where(alias => alias != spec.Name.Value).Sorted(),
                Ipv4Address = attachment.Ipv4Address?.Value,
                Ipv6Address = attachment.Ipv6Address?.Value,
                LinkLocalAddresses = attachment.LinkLocalAddresses,
                MacAddress = attachment.MacAddress,
                DriverOptions = attachment.DriverOptions.Plain(),
                Priority = attachment.Priority,
            });
    }
}
