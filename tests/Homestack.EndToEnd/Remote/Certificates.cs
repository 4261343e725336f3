using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Remote;

/// <summary>Two authorities made with openssl, and folders with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>, right and wrong.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("homestack-tls-").FullName;

    private Certificates()
    {
    }

    /// <summary>For the engine, valid for 127.0.0.1.</summary>
    public string Server => folder + "/server";

    /// <summary>As it should be.</summary>
    public string Client => folder + "/client";

    /// <summary>It trusts another authority than the engine's, and the engine not the one that signed it.</summary>
    public string Stranger => folder + "/stranger";

    /// <summary>It trusts the engine's authority, but was signed by another.</summary>
    public string Forged => folder + "/forged";

    /// <summary>Its day is over.</summary>
    public string Expired => folder + "/expired";

    /// <summary>The authority alone.</summary>
    public string Nameless => folder + "/nameless";

    public static async Task<Certificates> MakeAsync()
    {
        var made = new Certificates();
        await made.AuthorityAsync("ca");
        await made.AuthorityAsync("other");
        await made.LeafAsync(made.Server, "ca", "ca", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n", "30");
        await made.LeafAsync(made.Client, "ca", "ca", "extendedKeyUsage=clientAuth\n", "30");
        await made.LeafAsync(made.Stranger, "other", "other", "extendedKeyUsage=clientAuth\n", "30");
        await made.LeafAsync(made.Forged, "ca", "other", "extendedKeyUsage=clientAuth\n", "30");
        await made.LeafAsync(made.Expired, "ca", "ca", "extendedKeyUsage=clientAuth\n", "-1");
        Directory.CreateDirectory(made.Nameless);
        File.Copy(made.folder + "/ca.pem", made.Nameless + "/ca.pem");
        return made;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task AuthorityAsync(string name) => OpenSslAsync("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", $"/CN={name}",
        "-keyout", $"{folder}/{name}.key", "-out", $"{folder}/{name}.pem");

    private async Task LeafAsync(string into, string trusted, string signer, string extensions, string days)
    {
        Directory.CreateDirectory(into);
        File.Copy($"{folder}/{trusted}.pem", into + "/ca.pem");
        await File.WriteAllTextAsync(into + "/extensions", extensions);
        await OpenSslAsync("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=" + Path.GetFileName(into), "-keyout", into + "/key.pem", "-out", into + "/request");
        await OpenSslAsync("x509", "-req", "-in", into + "/request", "-CA", $"{folder}/{signer}.pem", "-CAkey", $"{folder}/{signer}.key", "-CAcreateserial", "-days", days,
            "-extfile", into + "/extensions", "-out", into + "/cert.pem");
    }

    private static async Task OpenSslAsync(params IEnumerable<string> arguments) => (await RunningProgram.RunAsync(["openssl", .. arguments], Limit)).Expect(0);
}
