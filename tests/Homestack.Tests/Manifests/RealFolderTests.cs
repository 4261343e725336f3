using System.Diagnostics;
using Homestack.Diagnostics;
using Homestack.Machine;
using Homestack.Manifests;

namespace Homestack.Tests.Manifests;

/// <summary>Homes on a real disk that cannot be read, each for another reason.</summary>
public sealed class RealFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("homestack-").FullName;
    private readonly DiagnosticBag diagnostics = [];

    [Fact]
    public void A_folder_that_is_not_there_is_no_home()
    {
        ManifestLoader.Load(new DiskSourceReader(Path.Combine(folder, "none")), LoadOptions.Empty, diagnostics);

        Assert.Equal("HS1300", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void A_manifest_that_is_a_folder_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(folder, "homestack.yaml"));

        Assert.Equal("HS1304", Code());
    }

    [Fact]
    public void A_file_of_50_MB_is_refused_by_its_size_alone()
    {
        using (var file = File.Create(Path.Combine(folder, "homestack.yaml")))
        {
            file.SetLength(50 << 20);
        }

        var before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        Assert.Equal("HS1302", Code());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 20 << 20, "The file was read.");
    }

    [Fact]
    public void Bytes_that_are_no_text_have_a_place()
    {
        File.WriteAllBytes(Path.Combine(folder, "homestack.yaml"), [.. "homestack: 1\nhome: "u8, 0xE9, (byte)'\n']);

        Assert.Equal("HS1303", Code());
        Assert.Equal("homestack.yaml:2:7", Assert.Single(diagnostics).Span.ToString());
    }

    [Fact]
    public void A_pipe_does_not_hang_the_load()
    {
        using var made = Process.Start("mkfifo", [Path.Combine(folder, "homestack.yaml")]);
        made.WaitForExit();

        Assert.Equal("HS1304", Code());
    }

    [Fact]
    public void A_link_to_itself_is_refused()
    {
        File.CreateSymbolicLink(Path.Combine(folder, "homestack.yaml"), "homestack.yaml");

        Assert.Equal("HS1301", Code());
    }

    [Fact]
    public void A_file_without_permission_is_named_with_the_reason()
    {
        if (Environment.UserName == "root")
        {
            return;
        }

        File.WriteAllText(Path.Combine(folder, "homestack.yaml"), "homestack: 1\n");
        File.SetUnixFileMode(Path.Combine(folder, "homestack.yaml"), UnixFileMode.None);

        Assert.Equal("HS1301", Code());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Code()
    {
        Assert.Null(ManifestLoader.Load(new DiskSourceReader(folder), LoadOptions.Empty, diagnostics));
        return Assert.Single(diagnostics).Code;
    }
}
