using System.Formats.Tar;

namespace Homestack.EndToEnd.Engines;

/// <summary>A root of one static busybox: 2 MB, starts at once, serves HTTP, and needs no registry.</summary>
internal static class BusyboxImage
{
    private static readonly string[] Applets = ["sh", "httpd", "wget", "sleep", "cat", "test", "true", "false", "nc", "touch", "ls", "echo", "kill", "mkdir", "cp", "env"];

    private static readonly Lazy<byte[]> Root = new(() => Pack("index"));

    /// <summary>The archive of the root.</summary>
    public static byte[] Archive => Root.Value;

    /// <summary>A root whose page <c>/www/index.html</c> says <paramref name="page"/>.</summary>
    public static byte[] Pack(string page)
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var folder in new[] { "bin", "www", "tmp", "etc", "data" })
            {
                tar.WriteEntry(Entry(TarEntryType.Directory, folder + "/", folder == "tmp" ? 0x3FF : 0x1ED));
            }

            var busybox = Entry(TarEntryType.RegularFile, "bin/busybox", 0x1ED);
            busybox.DataStream = new MemoryStream(File.ReadAllBytes("/bin/busybox"));
            tar.WriteEntry(busybox);
            foreach (var applet in Applets)
            {
                var link = Entry(TarEntryType.SymbolicLink, "bin/" + applet, 0x1FF);
                link.LinkName = "busybox";
                tar.WriteEntry(link);
            }

            var index = Entry(TarEntryType.RegularFile, "www/index.html", 0x1A4);
            index.DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(page));
            tar.WriteEntry(index);
        }

        return buffer.ToArray();
    }

    private static UstarTarEntry Entry(TarEntryType type, string name, int mode) =>
        new(type, name) { Mode = (UnixFileMode)mode, ModificationTime = DateTimeOffset.UnixEpoch };
}
