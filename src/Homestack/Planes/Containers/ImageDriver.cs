using System.Text;
using System.Text.Json;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>Brings images: from registries with the credentials that <c>docker login</c> left, and from build contexts.</summary>
/// <param name="disk">For the credentials' file.</param>
/// <param name="commands">For credential helpers and Debian packages.</param>
/// <param name="dockerFolder">Absolute, with <c>config.json</c> in it; empty for none.</param>
public sealed class ImageDriver(IDisk disk, CommandRunner commands, string dockerFolder)
{
    private const int ConfigLimit = 1 << 20;
    private const string DockerHub = "https://index.docker.io/v1/";

    /// <summary>Digests of all build contexts on this machine, by the name of their image.</summary>
    internal static IReadOnlyList<ContextReading> Contexts(ContainersDesired desired) =>
    [
        .. desired.Containers.Select(container => container.Image).Where(image => image is { Build: not null, Pin: null }).DistinctBy(image => image.Reference.ToString()).Select(image =>
        {
            var name = image.Reference.ToString();
            try
            {
                return new ContextReading(name, image.Build is { } build ? new BuildContextStore(build).Digest(image.Platform) : "", "");
            }
            catch (MachineException exception)
            {
                return new ContextReading(name, "", exception.Message);
            }
        }),
    ];

    /// <summary>Value of <c>X-Registry-Auth</c> for an image; empty when nobody signed in to its registry.</summary>
    public async Task<string> CredentialsAsync(string image, CancellationToken cancellationToken)
    {
        var path = dockerFolder + "/config.json";
        if (dockerFolder.Length == 0 || disk.Look(path) != DiskEntry.File || !ImageReference.TryParse(image, out var reference) || reference is null)
        {
            return "";
        }

        var registry = reference.Canonical[..reference.Canonical.IndexOf('/', StringComparison.Ordinal)];
        var server = registry == "docker.io" ? DockerHub : registry;
        try
        {
            using var config = JsonDocument.Parse(disk.Read(path, ConfigLimit));
            var helper = Word(config.RootElement, "credHelpers", server) ?? Word(config.RootElement, "credHelpers", registry)
                ?? (config.RootElement.TryGetProperty("credsStore", out var store) ? store.GetString() : null);
            if (helper is { Length: > 0 })
            {
                return await AskAsync(helper, server, cancellationToken).ConfigureAwait(false);
            }

            return config.RootElement.TryGetProperty("auths", out var auths) && (auths.TryGetProperty(server, out var entry) || auths.TryGetProperty("https://" + registry, out entry))
                && entry.TryGetProperty("auth", out var auth) && auth.GetString() is { Length: > 0 } encoded ? Header(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)), server) : "";
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new MachineException($"read {path}", "It cannot be understood as Docker's configuration.", "Try: docker login", inner: exception);
        }
    }

    internal async Task PullAsync(IEngineWriter engine, PullImage pull, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var credentials = await CredentialsAsync(pull.Reference, cancellationToken).ConfigureAwait(false);
        var tagged = ImageReference.TryParse(pull.Reference, out var reference) && reference is { Tag: null, Digest: null } ? pull.Reference + ":latest" : pull.Reference;
        await engine.PullImageAsync(new(tagged, pull.Platform, credentials), new Relay<PullProgress>(step => progress.Report(new(step.Words, step.Done, step.Total))), cancellationToken).ConfigureAwait(false);
    }

    internal async Task BuildAsync(IEngineWriter engine, BuildImage change, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var build = change.Build;
        var contents = new BuildContextStore(build);
        using var packages = build.Packages.Count > 0 ? await FetchAsync(build.Packages, progress, cancellationToken).ConfigureAwait(false) : null;
        await engine.BuildImageAsync(
            new()
            {
                Tags = [change.Reference, .. build.Tags.Where(tag => tag != change.Reference)],
                Dockerfile = contents.Dockerfile,
                Args = build.Args,
                Labels = build.Labels.With(OwnLabels.Context, change.Context),
                CacheFrom = build.CacheFrom,
                ExtraHosts = build.ExtraHosts,
                Target = build.Target,
                Network = build.Network,
                Platform = change.Platform,
                ShmSize = build.SharedMemory?.Bytes,
                NoCache = build.NoCache,
                PullBase = build.PullBase,
            },
            (stream, token) => contents.WriteAsync(stream, packages is null ? null : packages.Path + "/root", token),
            new Relay<string>(line => progress.Report(new(line))),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Files of Debian packages, unpacked under <c>root/</c> of a temporary folder.</summary>
    private async Task<ScratchFolder> FetchAsync(ValueList<string> names, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var folder = FolderTree.MakeTemporary("homestack-packages-");
        try
        {
            progress.Report(new($"fetching {string.Join(", ", names)}"));

            // As root apt would hand the download to a user of its own, who may not write here.
            CommandLine download = new("apt-get", ["-q", "-o", "APT::Sandbox::User=root", "download", "--", .. names]) { Folder = folder.Path, Timeout = TimeSpan.FromMinutes(5) };
            (await RunAsync(download, cancellationToken).ConfigureAwait(false)).OrThrow(download);
            foreach (var package in FolderTree.Files(folder.Path, ".deb"))
            {
                CommandLine unpack = new("dpkg-deb", ["-x", package, folder.Path + "/root"]) { Timeout = TimeSpan.FromMinutes(2) };
                (await RunAsync(unpack, cancellationToken).ConfigureAwait(false)).OrThrow(unpack);
            }

            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private async Task<CommandResult> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        try
        {
            return await commands.RunAsync(line, cancellationToken).ConfigureAwait(false);
        }
        catch (MachineException exception) when (exception.Kind == MachineFailure.NotFound)
        {
            throw new MachineException(exception.Call, $"This image needs Debian packages, and this machine has no \"{line.Program}\".", "Build the image on a Debian machine, or remove packages from its build.",
                MachineFailure.NotFound, exception);
        }
    }

    private async Task<string> AskAsync(string helper, string server, CancellationToken cancellationToken)
    {
        if (!helper.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return "";
        }

        var line = new CommandLine("docker-credential-" + helper, ["get"]) { Input = Encoding.UTF8.GetBytes(server), Timeout = TimeSpan.FromSeconds(20) };
        var result = await commands.RunAsync(line, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            // Helpers answer so when nobody signed in.
            return "";
        }

        using var answer = JsonDocument.Parse(result.Output);
        return Header($"{answer.RootElement.GetProperty("Username").GetString()}:{answer.RootElement.GetProperty("Secret").GetString()}", server);
    }

    private static string Header(string pair, string server)
    {
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return "";
        }

        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString(pair[..colon] == "<token>" ? "identitytoken" : "username", pair[..colon] == "<token>" ? pair[(colon + 1)..] : pair[..colon]);
            if (pair[..colon] != "<token>")
            {
                writer.WriteString("password", pair[(colon + 1)..]);
            }

            writer.WriteString("serveraddress", server);
            writer.WriteEndObject();
        }

        return Convert.ToBase64String(json.ToArray()).Replace('+', '-').Replace('/', '_');
    }

    private static string? Word(JsonElement root, string section, string key) =>
        root.TryGetProperty(section, out var entries) && entries.TryGetProperty(key, out var value) ? value.GetString() : null;

    /// <summary>What was read of a build context.</summary>
    internal sealed record ContextReading(string Reference, string Digest, string Problem);

    /// <remarks><see cref="Progress{T}"/> reports later and in any order; this one at once.</remarks>
    private sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
