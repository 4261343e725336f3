using System.Text.Json;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Primitives;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>Goes once through all that is pure in a plan, with one made-up service, so that the runtime has compiled it when the real ones come. Touches nothing.</summary>
/// <remarks>For short processes: begun on another core while the manifest is read, it takes about a quarter off the time of a plan.</remarks>
public static class ContainersRehearsal
{
    private const string Id = "0000000000000000000000000000000000000000000000000000000000000000";

    private static ReadOnlySpan<byte> Summaries => """[{"Id":"0","Names":["/a"],"Labels":{"a":"b"},"State":"running"}]"""u8;

    private static ReadOnlySpan<byte> Networks => """[{"Name":"a","Id":"0","Labels":{"homestack.home":"a"},"Containers":{"0":{"Name":"a"}}}]"""u8;

    private static ReadOnlySpan<byte> Volumes => """{"Volumes":[{"Name":"a","Labels":{"homestack.home":"a"}}]}"""u8;

    private static ReadOnlySpan<byte> Image => """{"Id":"sha256:0","RepoDigests":[],"Config":{"Env":["PATH=/bin"],"Cmd":["/a"],"Labels":null}}"""u8;

    private static ReadOnlySpan<byte> Container => """
        {"Id":"0000000000000000000000000000000000000000000000000000000000000000","Name":"/a","Image":"sha256:0","RestartCount":0,
        "State":{"Status":"running","ExitCode":0,"Error":"","OOMKilled":false,"StartedAt":"","FinishedAt":""},
        "Config":{"Hostname":"000000000000","Env":["A=b"],"Cmd":["/a"],"Image":"a:1","Labels":{"homestack.home":"a","homestack.resource":"a/a"},"Tty":false,"StopTimeout":1},
        "HostConfig":{"NetworkMode":"a","RestartPolicy":{"Name":"no","MaximumRetryCount":0},"Memory":0,"NanoCpus":0,"Privileged":false,
        "Mounts":[{"Type":"volume","Source":"a","Target":"/a"}],"PortBindings":{}},
        "NetworkSettings":{"Networks":{"a":{"NetworkID":"0","Aliases":["a"]}}},
        "Mounts":[{"Type":"volume","Name":"a","Source":"/a","Destination":"/a","RW":true}]}
        """u8;

    /// <summary>Begins beside the caller and does not keep the process alive.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount > 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => Run(), null);
        }
    }

    /// <summary>What came of the rehearsal; of no use but to see that it went through.</summary>
    public static string Run()
    {
        JsonSerializer.Deserialize(Summaries, EngineJson.Default.ValueListContainerSummary);
        JsonSerializer.Deserialize(Networks, EngineJson.Default.ValueListNetworkInspection);
        JsonSerializer.Deserialize(Volumes, EngineJson.Default.VolumeList);
        var inspected = JsonSerializer.Deserialize(Container, EngineJson.Default.ContainerInspection);
        var image = JsonSerializer.Deserialize(Image, EngineJson.Default.ImageInspection);
        var observed = new ContainersObserved
        {
            Hosts = ValueMap<HostObserved>.Empty.With("a", new()
            {
                Api = "1.41",
                Containers = inspected is null ? [] : [ContainerReader.Read(inspected, image)],
                Networks = [new() { Id = Id, Name = "a", Label = "a/a" }],
                Volumes = [new("a", "a/a", "")],
                Images = ValueMap<ImageObserved>.Empty.With("a:1", new(Id, "", [], [], HasHealthcheck: false)),
            }),
        };
        var changes = ContainersDiffer.Diff(ContainersCompiler.Compile(Sample(), []), observed, []);
        return $"{changes.Count} {ContainersPlane.FingerprintOf(observed)}";
    }

    /// <summary>A home with one service.</summary>
    public static Blueprint Sample() => new()
    {
        Home = "a",
        Hosts = ValueMap<Host>.Empty.With("a", new() { Engine = "unix:///a" }),
        Services = !ImageReference.TryParse("a:1", out var reference) || reference is null ? ValueMap<Service>.Empty
            : ValueMap<Service>.Empty.With("a/a", new() { Stack = "a", Name = "a", Host = "a", Image = new() { Reference = reference }, Container = new() }),
    };
}
