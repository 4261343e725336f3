using Homestack.Tests.Architecture;

namespace Homestack.Tests.Manifests;

/// <summary>Whole homes to load: every reference file and every example.</summary>
internal static class SampleHomes
{
    private const string Stack = """
        services:
          photos:
            image: nginx:1.27
            environment: { A: b, C: "d" }
            volumes: ["data:/data", "./files:/files:ro"]
            depends_on: { db: { condition: service_healthy } }
            networks: [front, back]
          db:
            image: postgres:16
            healthcheck: { test: [CMD, pg_isready], interval: 10s, retries: 3 }
            networks: { back: { aliases: [base, store] } }
        networks:
          front:
          back: { internal: true }
        volumes:
          data:

        """;

    public static IEnumerable<(string Name, (string Path, string Text)[] Files)> All()
    {
        foreach (var name in ReferenceFiles.Names())
        {
            (string, string)[] stacks = name == "09-stacks.yaml" ? [("stacks/photos.yaml", Stack), ("office/compose.yaml", Stack)] : [];
            yield return (name, [("homestack.yaml", ReferenceFiles.Read(name)), .. stacks]);
        }

        var examples = Path.Combine(Repository.Root, "examples");
        foreach (var folder in Directory.EnumerateDirectories(examples).Order(StringComparer.Ordinal).Where(folder => File.Exists(Path.Combine(folder, "homestack.yaml"))))
        {
            yield return (Path.GetFileName(folder), [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".env" && new FileInfo(file).Length < 100_000)
                .Order(StringComparer.Ordinal)
                .Select(file => (Path.GetRelativePath(folder, file), File.ReadAllText(file)))]);
        }
    }
}
