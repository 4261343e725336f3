using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads the keys of a service that say who it is, whom it asks for names, and how it is stopped.</summary>
internal static class IdentityReader
{
    public static IdentitySpec Read(MappingReader service, SpecReading reading) => new()
    {
        Hostname = service.Text("hostname"),
        DomainName = service.Plain("domainname"),
        MacAddress = service.Plain("mac_address"),
        User = service.Plain("user"),
        GroupAdd = service.Plains("group_add"),
        WorkingDirectory = service.Plain("working_dir"),
        StopSignal = service.Plain("stop_signal"),
        StopGracePeriod = service.Duration("stop_grace_period")?.Value,
        Init = service.Bool("init")?.Value,
        Tty = service.Bool("tty")?.Value ?? false,
        StdinOpen = service.Bool("stdin_open")?.Value ?? false,
        Dns = service.PlainOrList("dns"),
        DnsSearch = service.PlainOrList("dns_search"),
        DnsOptions = service.Plains("dns_opt"),
        ExtraHosts = ExtraHostsReader.Read(service, reading),
    };
}
