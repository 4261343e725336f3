using System.Globalization;
using Homestack.Blueprints;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>The names of this plane's resources, made in one place.</summary>
public static class ResourceNames
{
    /// <summary>First part of every name.</summary>
    public const string Plane = "containers";

    /// <summary>An instance of a service; the first has the service's plain name.</summary>
    public static ResourceId Service(string owner, int instance) =>
        new(Plane, "service", instance == 1 ? owner : string.Create(CultureInfo.InvariantCulture, $"{owner}#{instance}"));

    /// <summary>An image on a host.</summary>
    public static ResourceId Image(string reference, string host) => new(Plane, "image", OnHost(reference, host));

    /// <summary>From a label and the host it was found on, for what is no longer declared there.</summary>
    public static ResourceId Leftover(string label, int instance, string host)
    {
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        var (kind, name) = colon > 0 ? (label[..colon], label[(colon + 1)..]) : ("container", label);
        return kind == "service" ? Service(name, instance) with { Name = OnHost(Service(name, instance).Name, host) } : new(Plane, kind, OnHost(name, host));
    }

    /// <summary>The plain name on this machine, with the host's name elsewhere.</summary>
    public static string OnHost(string name, string host) => host == Host.Local ? name : $"{name} on {host}";
}
