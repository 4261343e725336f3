using System.Collections.Frozen;

namespace Homestack.Front.Files;

/// <summary>The type of a file's bytes.</summary>
/// <param name="Name">Media type (RFC 6838).</param>
/// <param name="IsText">Worth packing.</param>
internal sealed record FileType(string Name, bool IsText);

/// <summary>Types by the ending of a name.</summary>
internal static class FileTypes
{
    private static readonly FileType Unknown = new("application/octet-stream", false);

    private static readonly FrozenDictionary<string, FileType> Types = new Dictionary<string, FileType>
    {
        [".html"] = Text("text/html"), [".htm"] = Text("text/html"), [".css"] = Text("text/css"), [".js"] = Text("text/javascript"), [".mjs"] = Text("text/javascript"),
        [".txt"] = Text("text/plain"), [".md"] = Text("text/markdown"), [".csv"] = Text("text/csv"), [".xml"] = Text("text/xml"), [".json"] = new("application/json", true),
        [".map"] = new("application/json", true), [".webmanifest"] = new("application/manifest+json", true), [".svg"] = new("image/svg+xml", true), [".wasm"] = new("application/wasm", true),
        [".atom"] = new("application/atom+xml", true), [".rss"] = new("application/rss+xml", true), [".ics"] = Text("text/calendar"), [".vcf"] = Text("text/vcard"),
        [".png"] = new("image/png", false), [".jpg"] = new("image/jpeg", false), [".jpeg"] = new("image/jpeg", false), [".gif"] = new("image/gif", false), [".webp"] = new("image/webp", false),
        [".avif"] = new("image/avif", false), [".ico"] = new("image/x-icon", false), [".woff"] = new("font/woff", false), [".woff2"] = new("font/woff2", false), [".ttf"] = new("font/ttf", true),
        [".otf"] = new("font/otf", true), [".mp3"] = new("audio/mpeg", false), [".ogg"] = new("audio/ogg", false), [".flac"] = new("audio/flac", false), [".mp4"] = new("video/mp4", false),
        [".webm"] = new("video/webm", false), [".pdf"] = new("application/pdf", false), [".zip"] = new("application/zip", false), [".epub"] = new("application/epub+zip", false),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static FileType Of(string path) => Types.TryGetValue(Path.GetExtension(path), out var type) ? type : Unknown;

    private static FileType Text(string name) => new(name + "; charset=utf-8", true);
}
