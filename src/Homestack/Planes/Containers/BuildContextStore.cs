using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestack.Blueprints;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Planes.Containers;

/// <summary>The folder an image is built from: its digest, and its content as a tar stream. Reads only.</summary>
internal sealed class BuildContextStore(ImageBuild build)
{
    /// <summary>The path that an inline Dockerfile gets in the stream.</summary>
    private const string InlineName = ".homestack.Dockerfile";

    private const string IgnoreName = ".dockerignore";

    public string Dockerfile => build.DockerfileInline.Length > 0 ? InlineName : Inside(build.Dockerfile);

    /// <summary>Of all that goes in: settings, names, modes and content. Times do not count.</summary>
    public string Digest(string platform)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        foreach (var text in new[] { platform, Dockerfile, build.DockerfileInline, build.Target, build.Network, string.Join(' ', build.Packages), string.Join(' ', build.ExtraHosts) })
        {
            Add(text);
        }

        Add(JsonSerializer.Serialize(build.Args, EngineJson.Default.ValueMapString));
        Add(JsonSerializer.Serialize(build.Labels, EngineJson.Default.ValueMapString));
        foreach (var entry in Entries())
        {
            Add($"{entry.Kind}:{entry.Mode & 0x1FF}:{entry.Path}:{entry.Target}");
            if (entry.Kind == TreeEntryKind.File)
            {
                using var file = FolderTree.Open(build.Context, entry);
                hash.AppendData(SHA256.HashData(file));
            }
        }

        if (DockerfileBeside() is { } beside)
        {
            Add(beside);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <param name="target">The stream to write to.</param>
    /// <param name="packages">Folder whose content goes under <c>packages/</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task WriteAsync(Stream target, string? packages, CancellationToken cancellationToken)
    {
        await using var tar = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
        await AddAsync(tar, build.Context, "", Entries(), cancellationToken).ConfigureAwait(false);
        if (packages is not null)
        {
            await AddAsync(tar, packages, "packages/", FolderTree.Walk(packages, (_, _) => true), cancellationToken).ConfigureAwait(false);
        }

        if (build.DockerfileInline.Length > 0)
        {
            await AddTextAsync(tar, InlineName, build.DockerfileInline, cancellationToken).ConfigureAwait(false);
        }
        else if (DockerfileBeside() is { } beside)
        {
            await AddTextAsync(tar, Dockerfile, beside, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task AddTextAsync(TarWriter tar, string name, string text, CancellationToken cancellationToken) =>
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)), ModificationTime = DateTimeOffset.UnixEpoch }, cancellationToken).ConfigureAwait(false);

    private static async Task AddAsync(TarWriter tar, string folder, string prefix, IReadOnlyList<TreeEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            var kind = entry.Kind switch { TreeEntryKind.Folder => TarEntryType.Directory, TreeEntryKind.Link => TarEntryType.SymbolicLink, _ => TarEntryType.RegularFile };
            var packed = new PaxTarEntry(kind, prefix + entry.Path) { Mode = (UnixFileMode)(entry.Mode & 0xFFF), ModificationTime = DateTimeOffset.UnixEpoch };
            if (kind == TarEntryType.SymbolicLink)
            {
                packed.LinkName = entry.Target;
            }

            await using var content = kind == TarEntryType.RegularFile ? FolderTree.Open(folder, entry) : null;
            if (content is not null)
            {
                packed.DataStream = content;
            }

            await tar.WriteEntryAsync(packed, cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<TreeEntry> Entries()
    {
        var ignore = new DockerIgnore(FolderTree.ReadSmall(build.Context, IgnoreName));
        var dockerfile = Dockerfile;

        // The engine reads these two themselves, so they go along even where a pattern leaves them out.
        return FolderTree.Walk(build.Context, (path, isFolder) => path == dockerfile || path == IgnoreName || !ignore.IsLeftOut(path)
            || (isFolder && (ignore.HasExceptions || dockerfile.StartsWith(path + "/", StringComparison.Ordinal))));
    }

    /// <summary>A Dockerfile may be named outside of the context; then its text goes along under a name of its own.</summary>
    private string? DockerfileBeside() =>
        build.DockerfileInline.Length == 0 && IsOutside(build.Dockerfile) ? FolderTree.ReadSmall(build.Context, build.Dockerfile) : null;

    private static bool IsOutside(string path) => path.StartsWith('/') || path.Split('/').Contains("..");

    private static string Inside(string path) => IsOutside(path) ? InlineName : path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
}
