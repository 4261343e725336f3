using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Homestack.Collections;
using Homestack.Fronts;
using Homestack.Planes;
using Homestack.Planes.Certificates;
using Homestack.Tests.Model;

namespace Homestack.Tests.Planes.Certificates;

/// <summary>The home's own root and what it vouches for, with the files in memory and openssl as the judge.</summary>
public sealed class CertificatesPlaneTests
{
    private const string Folder = "/state/certificates";
    private static readonly CertificatesDesired Wanted = new("krynet", "home.arpa", ["*.home.arpa", "home.arpa"]);

    private readonly MemoryDisk disk = new(new());
    private readonly LaterTime time = new();

    [Fact]
    public async Task The_first_time_a_root_and_a_certificate_are_made_and_then_nothing_is_left_to_do()
    {
        var plane = Plane();
        var change = Assert.Single(await DiffAsync(plane, Wanted));
        Assert.Equal(ChangeAction.Create, change.Action);
        Assert.Equal(["make the root for home.arpa", "make a certificate for *.home.arpa, home.arpa", "serve the certificate"], change.Steps.Select(step => step.Summary));

        await ApplyAsync(plane, change);

        Assert.Empty(await DiffAsync(plane, Wanted));
        Assert.Equal(["authority.key", "authority.pem", "home.key", "home.pem"], disk.List(Folder));
    }

    [Fact]
    public async Task Where_browsers_take_no_wildcard_each_name_has_a_certificate_that_tells_of_no_other()
    {
        var plane = Plane();
        CertificatesDesired wanted = new("krynet", "home.arpa", ["ca.home.arpa", "photos.home.arpa"]);
        await ApplyAsync(plane, Assert.Single(await DiffAsync(plane, wanted)));

        Assert.Empty(await DiffAsync(plane, wanted));
        var shown = new AuthorityStore(disk, Folder, time).Snapshot([]) ?? throw new InvalidOperationException();
        Assert.Equal(["ca.home.arpa", "photos.home.arpa"], shown.Certificates.Select(certificate => Assert.Single(certificate.Names)));
        var change = Assert.Single(await DiffAsync(plane, wanted with { Names = ["ca.home.arpa", "notes.home.arpa", "photos.home.arpa"] }));
        Assert.Equal("other names are needed", change.Cause);
    }

    [Fact]
    public async Task It_is_renewed_a_month_before_its_end_by_the_same_root()
    {
        var plane = Plane();
        await ApplyAsync(plane, Assert.Single(await DiffAsync(plane, Wanted)));
        var root = disk.Read(Folder + "/authority.pem", 1 << 20);
        time.Later = TimeSpan.FromDays(59);
        Assert.Empty(await DiffAsync(plane, Wanted));

        time.Later = TimeSpan.FromDays(61);
        var change = Assert.Single(await DiffAsync(plane, Wanted));
        Assert.Equal("it ends in 28 days", change.Cause);
        await ApplyAsync(plane, change);

        Assert.Empty(await DiffAsync(plane, Wanted));
        Assert.Equal(root, disk.Read(Folder + "/authority.pem", 1 << 20));
    }

    [Fact]
    public async Task Another_domain_needs_another_root_and_the_plan_says_what_that_means()
    {
        var plane = Plane();
        await ApplyAsync(plane, Assert.Single(await DiffAsync(plane, Wanted)));

        var change = Assert.Single(await DiffAsync(plane, new("krynet", "example.org", ["*.example.org", "example.org"])));

        Assert.Contains("install it again", Assert.Single(change.Impact.Lines).Words, StringComparison.Ordinal);
        await ApplyAsync(plane, change);
        Assert.Empty(await DiffAsync(plane, new("krynet", "example.org", ["*.example.org", "example.org"])));
    }

    [Fact]
    public async Task A_key_that_does_not_fit_is_seen_and_both_are_made_anew()
    {
        var plane = Plane();
        await ApplyAsync(plane, Assert.Single(await DiffAsync(plane, Wanted)));
        using (var file = disk.Create(Folder + "/home.key"))
        {
            file.Write("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"u8);
        }

        await ApplyAsync(plane, Assert.Single(await DiffAsync(plane, Wanted)));

        Assert.Empty(await DiffAsync(plane, Wanted));
    }

    [Fact]
    public async Task OpenSSL_accepts_it_for_its_names_and_for_nothing_else()
    {
        var plane = Plane();
        await ApplyAsync(plane, Assert.Single(await DiffAsync(plane, Wanted)));
        var folder = Directory.CreateTempSubdirectory("homestack-certificates-");
        try
        {
            foreach (var name in disk.List(Folder))
            {
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), disk.Read($"{Folder}/{name}", 1 << 20));
            }

            Assert.Equal(0, await VerifyAsync(folder, "home.pem", "photos.home.arpa"));
            Assert.Equal(0, await VerifyAsync(folder, "home.pem", "home.arpa"));
            Assert.NotEqual(0, await VerifyAsync(folder, "home.pem", "a.photos.home.arpa"));
            Assert.NotEqual(0, await VerifyAsync(folder, "home.pem", "example.org"));

            // The root's own key makes one for a bank: the root may not vouch for it.
            using var authority = X509Certificate2.CreateFromPemFile(Path.Combine(folder.FullName, "authority.pem"), Path.Combine(folder.FullName, "authority.key"));
            using var key = System.Security.Cryptography.ECDsa.Create();
            using var forged = CertificateMaker.Issue(authority, key, ["bank.example"], DateTimeOffset.UtcNow);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "forged.pem"), forged.ExportCertificatePem());
            Assert.NotEqual(0, await VerifyAsync(folder, "forged.pem", "bank.example"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> VerifyAsync(DirectoryInfo folder, string file, string hostName)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["verify", "-x509_strict", "-CAfile", Path.Combine(folder.FullName, "authority.pem"), "-purpose", "sslserver", "-verify_hostname", hostName, Path.Combine(folder.FullName, file)])
        { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException("openssl is needed");
        await openssl.WaitForExitAsync(TestContext.Current.CancellationToken);
        return openssl.ExitCode;
    }

    private CertificatesPlane Plane() => new(new(new(disk, Folder, time), new(disk, Folder + "/acme"), new FrontClient(disk, "/state"), mayWrite: true));

    private static async Task<ValueList<ResourceChange>> DiffAsync(CertificatesPlane plane, CertificatesDesired desired) =>
        plane.Diff(desired, await plane.ObserveAsync(desired, TestContext.Current.CancellationToken), []);

    private static async Task ApplyAsync(CertificatesPlane plane, ResourceChange change)
    {
        foreach (var step in change.Steps)
        {
            await plane.ApplyAsync(Assert.IsAssignableFrom<CertificatesChange>(step), new Progress<StepProgress>(), TestContext.Current.CancellationToken);
        }
    }

    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
    }
}
