using System.Globalization;
using System.Text;

namespace Homestack.EndToEnd.Secrecy;

/// <summary>Values that occur nowhere else, so that each place where one is found is a leak.</summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, string> values = [];
    private readonly Random random = new(Figures.Seed);

    /// <summary>By the name it was asked for.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>A new one.</summary>
    public string Make(string name) => values[name] = string.Create(CultureInfo.InvariantCulture, $"canary-{values.Count:00}-{random.NextInt64():x16}");

    /// <summary>The names of those that a text holds, plain, in base64 or percent-encoded.</summary>
    public IEnumerable<string> FoundIn(string text) => values.Where(canary => Forms(canary.Value).Any(form => text.Contains(form, StringComparison.Ordinal))).Select(canary => canary.Key);

    /// <summary>Those that a folder's files hold, as <c>file: name</c>; folders that may hold them are left out.</summary>
    public IEnumerable<string> FoundBelow(string folder, params string[] except)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            if (!except.Any(part => file.StartsWith(Path.Combine(folder, part), StringComparison.Ordinal)) && !File.GetAttributes(file).HasFlag(FileAttributes.Device) && IsReadable(file, out var text))
            {
                foreach (var name in FoundIn(text))
                {
                    yield return $"{file}: {name}";
                }
            }
        }
    }

    /// <remarks>Base64 shows bytes in groups of three: what stands before shifts them, so there are three forms, each without its uncertain ends.</remarks>
    private static IEnumerable<string> Forms(string value) =>
        [value, .. Enumerable.Range(0, 3).Select(shift => Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', shift) + value))[4..^4])];

    /// <summary>Sockets and what is just being taken away cannot be read.</summary>
    private static bool IsReadable(string file, out string text)
    {
        try
        {
            text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            return true;
        }
        catch (IOException)
        {
            text = "";
            return false;
        }
    }
}
