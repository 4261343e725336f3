using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Tests.Blueprints.Rendering;

/// <summary>A home with one stack and everything a service can say, drawn from a seed: the same seed gives the same home.</summary>
internal sealed class GeneratedBlueprint
{
    public const string Stack = "photos";

    private static readonly string[] Awkward = ["plain", "no", "12:30", "a b", "$HOME", "${x}", "$$", "a: b", "é😀", "line\nbreak", "\"quoted\"", "#", "0x10", "~", "- x", "a\\b", "'", "%", "1e3", " lead", "trail "];

    private readonly Random random;

    private GeneratedBlueprint(int seed) => random = new(seed);

    public static Blueprint Make(int seed)
    {
        var maker = new GeneratedBlueprint(seed);
        var services = new[] { "web", "worker" }.Select(maker.Service)

            // One host port belongs to one container.
            .Select(service => service.Container.Ports.Any(port => port.HostPort > 0) ? service with { Instances = 1 } : service)
            .ToValueMap(service => $"{Stack}/{service.Name}", service => service);
        return new()
        {
            Home = "krynet",
            Hosts = new[] { Host.Local }.ToValueMap(name => name, _ => new Host { Engine = "unix:///var/run/docker.sock" }),
            Services = services,
            Networks = new[] { "default", "back" }.ToValueMap(key => $"{Stack}/{key}", maker.Network),
            Volumes = new[] { "library", "d" }.ToValueMap(key => $"{Stack}/{key}", maker.Volume),
        };
    }

    private Service Service(string name) => new()
    {
        Stack = Stack,
        Name = name,
        Instances = Maybe() ? 1 : random.Next(0, 4),
        Image = new() { Reference = new("ghcr.io/example/" + name, Maybe() ? "v2" : null, null), Pull = (PullPolicy)random.Next(0, 4), Platform = Maybe() ? "linux/amd64" : "", Build = Maybe() ? Build() : null },
        Container = Container(name),
        // Sharing a namespace implies depending, so the generated service always does.
        DependsOn = name == "web" ? new[] { $"{Stack}/worker" }.ToValueMap(key => key, _ => new Dependency((DependencyCondition)random.Next(0, 3), true, true)) : ValueMap<Dependency>.Empty,
        Exposure = new() { PublishesByEngine = true, Port = Maybe() ? 80 : null, SignIn = (SignIn)random.Next(0, 3), TileGroup = Maybe() ? "Family" : "", TileTitle = Maybe() ? "Our photos" : "", Route = Route() },
        Adopt = Maybe() ? new string('a', 64) : "",
    };

    private RouteSettings? Route() => !Maybe() ? null : new()
    {
        Name = "library",
        Path = Maybe() ? "/books" : null,
        Strips = false,
        Redirects = Maybe() ? new[] { "/old/*" }.ToValueMap(key => key, _ => "https://example.org/*") : null,
        SpeaksHttp2 = Maybe(),
        IsInMaintenance = Maybe(),
        Limits = Maybe() ? new() { Requests = Maybe() ? new(10, TimeSpan.FromMinutes(1)) : RequestRate.None, Body = new(0), Headers = Maybe() ? new(2048) : null } : null,
    };

    private ContainerSettings Container(string name) => new()
    {
        Command = Maybe() ? Texts(0) : null,
        Entrypoint = Maybe() ? Texts(0) : null,
        Environment = Maybe() ? new[] { "LANG", "DB_PASSWORD", "URL" }.ToValueMap(key => key, key => key switch
        {
            "DB_PASSWORD" => Text.SecretNamed("db.password"),
            "URL" => new([new("http://x:", false), new("db-password", true), new("@$host", false)]),
            _ => Text.Literal(Word()),
        }) : ValueMap<Text>.Empty,
        Labels = Pairs(),
        Annotations = Pairs(),
        Hostname = Maybe() ? "box" : null,
        DomainName = Maybe() ? "home.arpa" : null,
        User = Maybe() ? "1000:1000" : null,
        GroupAdd = Maybe() ? ["44", "video"] : [],
        WorkingDirectory = Maybe() ? "/srv/work" : null,
        StopSignal = Maybe() ? "SIGINT" : null,
        StopGracePeriod = TimeSpan.FromMilliseconds(random.Next(0, 100_000)),
        Init = MaybeBool(),
        Tty = Maybe(),
        StdinOpen = Maybe(),
        ReadOnly = Maybe(),
        Privileged = Maybe(),
        CapAdd = Maybe() ? ["NET_ADMIN", "SYS_TIME"] : [],
        CapDrop = Maybe() ? ["ALL"] : [],
        SecurityOpt = Maybe() ? ["no-new-privileges:true"] : [],
        CgroupParent = Maybe() ? "parent.slice" : null,
        Cgroup = Maybe() ? "host" : null,
        Ipc = Maybe() ? "shareable" : null,
        Pid = Maybe() ? name == "web" ? $"service:{Stack}/worker" : "host" : null,
        Uts = Maybe() ? "host" : null,
        UsernsMode = Maybe() ? "host" : null,
        Runtime = Maybe() ? "nvidia" : null,
        SharedMemory = Bytes(),
        Sysctls = Maybe() ? new[] { "net.core.somaxconn" }.ToValueMap(key => key, _ => "1024") : ValueMap<string>.Empty,
        Ulimits = Maybe() ? new[] { "nofile", "nproc" }.ToValueMap(key => key, _ => new Ulimit(random.Next(0, 9999), -1)) : ValueMap<Ulimit>.Empty,
        Devices = Maybe() ? [new("/dev/dri", "/dev/dri", "rwm"), new("/dev/ttyUSB0", "/dev/zigbee", "rw")] : [],
        DeviceCgroupRules = Maybe() ? ["c 1:3 mr"] : [],
        DeviceRequests = Maybe() ? [new() { Driver = "nvidia", Count = -1, Capabilities = ["gpu"] }] : [],
        Dns = Maybe() ? ["9.9.9.9"] : [],
        DnsSearch = Maybe() ? ["home.arpa"] : [],
        DnsOptions = Maybe() ? ["ndots:1"] : [],
        ExtraHosts = Maybe() ? ["host.docker.internal:host-gateway", "six:fd00::1"] : [],
        Resources = Resources(),
        OomKillDisable = MaybeBool(),
        OomScoreAdjustment = Maybe() ? random.Next(-1000, 1001) : null,
        Logging = Maybe() ? new("json-file", new[] { "max-size" }.ToValueMap(key => key, _ => "10m")) : null,
        Restart = Maybe() ? new(RestartCondition.OnFailure, random.Next(0, 9)) : new(Maybe() ? RestartCondition.Always : RestartCondition.No, 0),
        Healthcheck = Maybe() ? Check() : null,
        Networks = new[] { "default", "back" }.Take(random.Next(1, 3)).ToValueMap(key => $"{Stack}/{key}", _ => Attachment()),
        Ports = Maybe() ? new PublishedPort[] { new("", name == "web" ? 8080 : 8081, name == "web" ? 8080 : 8081, 80, "tcp"), new("127.0.0.1", 0, 0, 90, "tcp"), new("::1", 53, 53, name == "web" ? 53 : 54, "udp") }.Where(port => name == "web" || port.HostPort != 53).Order().ToValueList() : [],
        Expose = Maybe() ? ["81/tcp", "82/udp"] : [],
        Mounts = Mounts(),
        MacAddress = Maybe() ? "02:42:ac:11:00:02" : null,
        VolumesFrom = Maybe() ? name == "web" ? [$"{Stack}/worker:ro"] : ["container:other"] : [],
    };

    private Resources Resources() => new()
    {
        NanoCpus = Maybe() ? random.Next(1, 4000) * 1_000_000L : null,
        CpuShares = Maybe() ? 512 : null,
        CpuSet = Maybe() ? "0-3" : null,
        Memory = Bytes(),
        MemoryReservation = Bytes(),
        MemorySwap = Maybe() ? new(-1) : null,
        MemorySwappiness = Maybe() ? random.Next(0, 101) : null,
        Pids = Maybe() ? 100 : null,
        BlockIoWeight = Maybe() ? 300 : null,
    };

    private Healthcheck Check() => Maybe() ? new() { IsDisabled = true } : new()
    {
        Test = Maybe() ? ["CMD-SHELL", Word()] : ["CMD", "curl", Word()],
        Interval = Span(),
        Timeout = Span(),
        StartPeriod = Span(),
        StartInterval = Span(),
        Retries = Maybe() ? random.Next(1, 9) : null,
    };

    private NetworkAttachment Attachment() => new()
    {
        Aliases = Maybe() ? ["alias-a", "alias-b"] : [],
        LinkLocalAddresses = Maybe() ? ["169.254.8.8"] : [],
        DriverOptions = Pairs(),
        Priority = Maybe() ? random.Next(0, 1000) : 0,
    };

    private ValueList<Mount> Mounts()
    {
        Mount[] all =
        [
            new() { Kind = MountKind.Bind, Source = "/srv/media", Target = "/a", CreatesHostPath = Maybe(), IsReadOnly = Maybe(), Propagation = Maybe() ? "rslave" : "", SelinuxLabel = Maybe() ? "z" : "" },
            new() { Kind = MountKind.Bind, Source = "/srv/with:colon", Target = "/b", CreatesHostPath = Maybe() },
            new() { Kind = MountKind.Volume, Source = $"{Stack}/library", Target = "/c", IsReadOnly = Maybe(), IsNoCopy = Maybe(), SubPath = Maybe() ? "sub/path" : "" },
            new() { Kind = MountKind.Volume, Source = $"{Stack}/d", Target = "/d", IsReadOnly = Maybe() },
            new() { Kind = MountKind.Volume, Target = "/e", IsReadOnly = Maybe() },
            new() { Kind = MountKind.Tmpfs, Target = "/f", TmpfsOptions = Maybe() ? "size=64m,noexec" : "" },
            new() { Kind = MountKind.Tmpfs, Target = "/g", TmpfsSize = new(1 << 20), TmpfsMode = Maybe() ? 0x1FF : null },
            new() { Kind = MountKind.Content, Target = "/h", IsReadOnly = true, Content = Text.Literal(Word()), Owner = Maybe() ? new(Maybe() ? 1000 : null, 5, 0x124) : null },
        ];
        return all.Where(_ => Maybe()).ToValueList();
    }

    private ImageBuild Build() => new()
    {
        Context = "/srv/build",
        Dockerfile = Maybe() ? "Dockerfile.prod" : "Dockerfile",
        Args = Pairs(),
        Labels = Pairs(),
        Target = Maybe() ? "final" : "",
        Network = Maybe() ? "host" : "",
        CacheFrom = Maybe() ? ["a/b:c"] : [],
        Tags = Maybe() ? ["x:y"] : [],
        ExtraHosts = Maybe() ? ["db:10.0.0.1"] : [],
        NoCache = Maybe(),
        PullBase = Maybe(),
        Packages = Maybe() ? ["curl", "nginx-light"] : [],
    };

    private Network Network(string key) => key == "back" && Maybe() ? new() { Stack = Stack, Key = key, EngineName = "someone_back", IsExternal = true } : new()
    {
        Stack = Stack,
        Key = key,
        EngineName = Maybe() ? "krynet-photos-" + key : "other-" + key,
        Driver = "bridge",
        DriverOptions = Pairs(),
        IsInternal = Maybe(),
        IsAttachable = Maybe(),
        HasIpv6 = Maybe(),
        Labels = Pairs(),
        IpamDriver = Maybe() ? "default" : "",
        Pools = Maybe() ? [new("10.9.0.0/24", "10.9.0.128/25", "10.9.0.1", new[] { "printer" }.ToValueMap(name => name, _ => "10.9.0.5"))] : [],
    };

    private Volume Volume(string key) => Maybe()
        ? new() { Stack = Stack, Key = key, EngineName = "photos_" + key, IsExternal = true }
        : new() { Stack = Stack, Key = key, EngineName = "krynet-photos-" + key, Driver = "local", DriverOptions = Pairs(), Labels = Pairs() };

    private ValueMap<string> Pairs() => Maybe() ? new[] { "a.b", "org.example/key", "no" }.Take(random.Next(1, 4)).ToValueMap(key => key, _ => Word()) : ValueMap<string>.Empty;

    private ValueList<string> Texts(int least) => Enumerable.Range(0, random.Next(least, 4)).Select(_ => Word()).ToValueList();

    private ByteSize? Bytes() => Maybe() ? new(random.Next(1, 1000) * 4096L) : null;

    private TimeSpan? Span() => Maybe() ? TimeSpan.FromTicks(random.NextInt64(1, TimeSpan.TicksPerDay)) : null;

    private string Word() => Awkward[random.Next(Awkward.Length)];

    private bool? MaybeBool() => Maybe() ? Maybe() : null;

    private bool Maybe() => random.Next(2) == 0;
}
