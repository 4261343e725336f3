using System.Globalization;
using Homestack.Benchmarks;

const string Usage = """
    usage: Homestack.Benchmarks [--runs N] [--only WORDS]     measure, and print a Markdown table
           Homestack.Benchmarks home FOLDER SERVICES [IMAGE ENGINE]  write a sample home; with an image and an engine's address, one that runs
    """;

if (args is ["home", var folder, var services, .. var running] && running.Length is 0 or 2 && int.TryParse(services, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
{
    foreach (var (path, text) in running is [var image, var engine] ? SampleHome.Running(count, image, engine) : SampleHome.Of(count))
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? folder);
        File.WriteAllText(file, text);
    }

    return 0;
}

var runs = 30;
var only = "";
for (var i = 0; i < args.Length; i += 2)
{
    switch (args[i..])
    {
        case ["--runs", var number, ..] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out runs) && runs > 0:
            break;
        case ["--only", var words, ..]:
            only = words;
            break;
        default:
            Console.Error.WriteLine(Usage);
            return 1;
    }
}

Console.WriteLine($"{runs} runs each, after a warm-up.\n\n| work | median, ms | p95, ms | allocated, KiB |\n|---|---:|---:|---:|");
foreach (var (name, work) in Works.All().Where(work => work.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
{
    Console.WriteLine(Measurement.Of(name, runs, work));
}

return 0;
