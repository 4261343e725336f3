namespace Homestack.Tests.Manifests;

/// <summary>Homes of several files that were written to hurt. Each ends soon, with an error or a result.</summary>
public sealed class HostileHomeTests(ITestOutputHelper output)
{
    /// <summary>Of computing: five seconds, far more than any of them takes on an idle machine, and another for each 2 MiB, because a home may have 16 of them.</summary>
    private static TimeSpan Most(IEnumerable<(string Path, string Text)> files) => TimeSpan.FromSeconds(5 + files.Sum(file => file.Text.Length) / (2 << 20));

    public static TheoryData<string> Names() => [.. Homes().Select(home => home.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Ends_soon(string name)
    {
        var files = Homes().First(home => home.Name == name).Make().ToArray();
        var reader = new FolderInMemory(files);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = ThreadClock.Now;

        var (blueprint, diagnostics) = HomeUnderTest.Build(reader);

        var elapsed = ThreadClock.Now - start;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        output.WriteLine($"{name}: {files.Sum(file => (long)file.Text.Length):N0} characters, {elapsed.TotalMilliseconds:N0} ms, {allocated >> 20} MB allocated, {reader.Reads} reads, {(blueprint is null ? "refused" : "built")} {string.Join(" ", diagnostics.Select(item => item.Code).Distinct().Order())}");
        Assert.True(blueprint is not null || diagnostics.HasErrors);
        Assert.True(elapsed < Most(files), $"It took {elapsed}.");
    }

    private static IEnumerable<(string Name, Func<IEnumerable<(string Path, string Text)>> Make)> Homes()
    {
        var wide = "x-wide: [" + string.Concat(Enumerable.Repeat("a,", 90_000)) + "]\n";
        yield return ("many wide stacks", () => Enumerable.Range(0, 20).Select(i => ($"s{i}.yaml", wide + Service("a"))).Prepend(Home(Enumerable.Range(0, 20).Select(i => $"s{i}.yaml"))));
        yield return ("includes that double", () => Enumerable.Range(0, 40).SelectMany(i => new[] { ($"a{i}.yaml", Doubling(i)), ($"b{i}.yaml", Doubling(i)) }).Prepend(Home(["a0.yaml"])));
        yield return ("includes of oneself", () => [Home(["a.yaml"]), ("a.yaml", "include: [a.yaml, a.yaml]\n" + Service("a"))]);
        yield return ("includes in a circle", () => [Home(["a.yaml"]), ("a.yaml", "include: [b.yaml]\n" + Service("a")), ("b.yaml", "include: [a.yaml]\n" + Service("b"))]);
        yield return ("a long chain of extends", () => [Home(["a.yaml"]), ("a.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"  s{i}: {{ extends: s{i + 1} }}\n")) + "  s1000: { image: nginx }\n")]);
        yield return ("extends in a circle", () => [Home(["a.yaml"]), ("a.yaml", "services:\n  a: { extends: b }\n  b: { extends: c }\n  c: { extends: a }\n")]);
        yield return ("many services that extend one large file", () => [Home(["a.yaml"]), ("a.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"  s{i}: {{ extends: {{ file: b.yaml, service: b }} }}\n"))), ("b.yaml", wide + Service("b"))]);
        yield return ("many services", () => [Home(["a.yaml"]), ("a.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"  s{i}: {{ image: nginx }}\n")))]);
        yield return ("services that all wait for the next", () => [Home(["a.yaml"]), ("a.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"  s{i}: {{ image: nginx, depends_on: [s{(i + 1) % 5_000}] }}\n")))]);
        yield return ("services that all wait for all", () => [Home(["a.yaml"]), ("a.yaml", "x-all: &all [" + string.Join(", ", Enumerable.Range(0, 250).Select(i => $"s{i}")) + "]\nservices:\n" + string.Concat(Enumerable.Range(0, 250).Select(i => $"  s{i}: {{ image: nginx, depends_on: *all }}\n")))]);
        yield return ("all ports", () => [Home(["a.yaml"]), ("a.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"  s{i}: {{ image: nginx, ports: [\"1-65535:1-65535\"] }}\n")))]);
        yield return ("unknown names", () => [Home(["a.yaml"]), ("a.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"  service-number-{i}: {{ image: nginx, networks: [network-numbr-{i}] }}\n")) + "networks:\n" + string.Concat(Enumerable.Range(0, 4_000).Select(i => $"  network-number-{i}:\n")))]);
        yield return ("unknown keys", () => [Home(["a.yaml"]), ("a.yaml", "services:\n  a:\n    image: nginx\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"    imag{i}: a\n")))]);
        yield return ("variables in variables", () => [Home(["a.yaml"]), ("a.yaml", "services:\n  a:\n    image: \"" + string.Concat(Enumerable.Repeat("${A:-", 20_000)) + new string('}', 20_000) + "\"\n")]);
        yield return ("variables without an end", () => [Home(["a.yaml"]), ("a.yaml", "services:\n  a:\n    image: \"" + string.Concat(Enumerable.Repeat("${A:-", 200_000)) + "\"\n")]);
        yield return ("secrets without an end", () => [Home(["a.yaml"]), ("a.yaml", "services:\n  a:\n    image: nginx\n    environment: { A: \"" + string.Concat(Enumerable.Repeat("${secret:", 200_000)) + "\" }\n")]);
        yield return ("a variable that grows", () => [Home(["a.yaml"]), (".env", "A0=aaaaaaaaaa\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"A{i}={string.Concat(Enumerable.Repeat($"${{A{i - 1}}}", 10))}\n"))), ("a.yaml", "services:\n  a:\n    image: nginx\n    environment: { A: \"${A12}\" }\n")]);
        yield return ("one env file for many", () => [Home(["a.yaml"]), ("e.env", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"V{i}=some value here\n"))), ("a.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"  s{i}: {{ image: nginx, env_file: e.env }}\n")))]);
        yield return ("unknown zones and people", () => [("homestack.yaml", "homestack: 1\nhome: a\nzones:\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"  zone-number-{i}: 10.{i / 256}.{i % 256}.0/24\n")) + "sites:\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"  site-{i}: {{ folder: a, expose: [zone-numbr-{i}] }}\n")))]);
        yield return ("many stacks of one name", () => Enumerable.Range(0, 200).Select(i => ($"d{i}/web.yaml", Service("a"))).Prepend(Home(Enumerable.Range(0, 200).Select(i => $"d{i}/web.yaml"))));
        yield return ("a manifest of stacks alone", () => [Home(Enumerable.Range(0, 30_000).Select(i => $"missing{i}.yaml"))]);
    }

    private static (string, string) Home(IEnumerable<string> stacks) => HomeUnderTest.Home($"stacks: [{string.Join(", ", stacks)}]");

    private static string Service(string name) => $"services:\n  {name}:\n    image: nginx:1.27\n";

    private static string Doubling(int i) => $"include: [a{i + 1}.yaml, b{i + 1}.yaml]\n";
}
