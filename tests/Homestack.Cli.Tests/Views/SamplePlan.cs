using Homestack.Collections;
using Homestack.Planes;
using Homestack.Plans;
using Homestack.Primitives;

namespace Homestack.Cli.Tests.Views;

/// <summary>A plan with one of everything that can be shown.</summary>
internal static class SamplePlan
{
    private static readonly ResourceId Jellyfin = new("containers", "service", "jellyfin/jellyfin"), Photos = new("containers", "service", "photos/server"),
        Paperless = new("containers", "service", "office/paperless"), Library = new("containers", "volume", "photos/library");

    public static Plan Full { get; } = new()
    {
        Home = "krynet",
        BasedOn = 14,
        Observed = ValueMap<string>.Empty,
        Blueprint = new() { Home = "krynet", NotYetManaged = new[] { new KeyValuePair<string, string>("vpn", "2 peers are checked; nothing acts on them yet") }.ToValueMap() },
        Changes =
        [
            new()
            {
                Resource = Jellyfin, Action = ChangeAction.Create, Cause = "new service", Place = "stacks/media.yaml:3",
                Impact = new() { Lines = [new("image", "jellyfin/jellyfin:12.1, pull")], BecomesReachable = ["http://127.0.0.1:8096"] },
                Steps = [new Call("create container krynet-jellyfin-jellyfin"), new Call("start container krynet-jellyfin-jellyfin")],
            },
            new()
            {
                Resource = Paperless, Action = ChangeAction.Delete, Cause = "no longer declared",
                Impact = new() { Data = ["volume paperless-media stays"], StopsBeingReachable = ["http://127.0.0.1:8000"] },
                Steps = [new Call("remove container krynet-office-paperless")],
            },
            new()
            {
                Resource = Photos, Action = ChangeAction.Replace, Cause = "image v2.1 → v2.2", Place = "stacks/photos.yaml:7", After = [Library],
                Impact = new() { IsInterrupted = true, Downtime = TimeSpan.FromSeconds(20), Data = ["volume library is mounted, not changed"] },
                Steps = [new Call("create container krynet-photos-server")],
                Undo = [new Call("start container krynet-photos-server-old")],
            },
            new() { Resource = Library, Action = ChangeAction.Update, Cause = "label changed", Steps = [new Call("create volume krynet_photos_library")] },
        ],
        Steps =
        [
            new(1, Library, new Call("create volume krynet_photos_library"), []),
            new(2, Photos, new Call("create container krynet-photos-server"), [1]),
            new(3, Jellyfin, new Call("create container krynet-jellyfin-jellyfin"), []),
            new(4, Jellyfin, new Call("start container krynet-jellyfin-jellyfin"), [3]),
            new(5, Paperless, new Call("remove container krynet-office-paperless"), []),
        ],
    };

    public static Plan Empty { get; } = Full with { Changes = [], Steps = [], Blueprint = new() { Home = "krynet" } };

    private sealed record Call(string Words) : Change
    {
        public override string Summary => Words;
    }
}
