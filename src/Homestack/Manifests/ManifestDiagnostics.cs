using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests;

/// <summary>HS1300 to HS1499: what is wrong with homestack.yaml by itself.</summary>
public static class ManifestDiagnostics
{
    public static Diagnostic NoManifest(string words) =>
        Error("HS1300", "No homestack.yaml here", $"A home is a folder with a file homestack.yaml in it, and this folder has none.{Words(words)} Make one, or name the home's folder.", null);

    public static Diagnostic NotReadable(SourceSpan? span, string path, string words) =>
        Error("HS1301", "File cannot be read", $"\"{Shown(path)}\" is there but cannot be read.{Words(words)} Check its owner and permissions.", span);

    public static Diagnostic TooLarge(SourceSpan? span, string path, string words) =>
        Error("HS1302", "File is too large", $"\"{Shown(path)}\" is larger than the {YamlBudget.FileBytes >> 20} MiB that are read of one file.{Words(words)} Move what is large into a file of its own that is mounted.", span);

    public static Diagnostic NotUtf8(SourceSpan? span, string path, string words) =>
        Error("HS1303", "File is not UTF-8 text", $"\"{Shown(path)}\" holds bytes that are not UTF-8.{Words(words)} Save it as UTF-8.", span);

    public static Diagnostic NotAFile(SourceSpan? span, string path, bool isFolder) =>
        Error("HS1304", "Not a file", $"\"{Shown(path)}\" is {(isFolder ? $"a folder. Name the file in it, such as {Shown(path)}/compose.yaml" : "a device or a pipe. Name a file")}.", span);

    public static Diagnostic Empty(SourceText source) =>
        Error("HS1305", "Manifest is empty", "homestack.yaml has nothing in it. The least it needs is \"homestack: 1\" and \"home: myhome\", each on a line.", SourceSpan.StartOf(source));

    public static Diagnostic UnknownFormat(Located<int> format) =>
        Error("HS1306", "Unknown manifest format", $"This Homestack reads format 1, the file says {format.Value}. Write \"homestack: 1\", or install a newer Homestack.", format.Span);

    public static Diagnostic TooManyFiles(string path, int most) =>
        Error("HS1307", "Too many files", $"More than {most} files were asked for; \"{Shown(path)}\" and those after it were not read. Look for a file that includes itself under many names.", null);

    public static Diagnostic TooMuchText(string path, long mostBytes) =>
        Error("HS1308", "Too much text in all", $"All files of the home together hold more than {mostBytes >> 20} MiB; \"{Shown(path)}\" and those after it were not read.", null);

    public static Diagnostic StackNotFound(SourceSpan span, string path) =>
        Error("HS1309", "Stack file not found", $"There is no file \"{Shown(path)}\" in the home's folder. Make it, mend the path, or remove the line.", span);

    public static Diagnostic BadName(YamlScalar scalar, NameRule rule, string path) =>
        Error("HS1310", "Name not allowed", $"\"{Shown(scalar.Value)}\" cannot be a name here. Use {rule.Words}.", scalar.Span, path);

    public static Diagnostic ReferenceNotReadHere(YamlScalar scalar, string path) =>
        Error("HS1315", "Reference is not read here", $"\"{Shown(scalar.Value)}\" holds \"${{\". homestack.yaml takes ${{secret:name}} in credentials and passwords only, and no variables. Write the value itself.", scalar.Span, path);

    public static Diagnostic NotASecretReference(YamlScalar scalar, string path) =>
        Error("HS1316", "Not a secret reference", $"\"{Shown(scalar.Value)}\" looks like a reference but is none. Write ${{secret:name}} with a name of a-z, 0-9, \".\", \"_\" and \"-\".", scalar.Span, path);

    public static Diagnostic SecretInClear(YamlScalar scalar, string path) =>
        new()
        {
            Code = "HS1318", Severity = Severity.Warning, Summary = "Secret written in the manifest", Span = scalar.Span, Path = path,
            Detail = "This value stands in a file that is copied into every generation. Keep it out: write \"${secret:name}\" here and put the value into the secret store.",
        };

    public static Diagnostic ExactlyOne(string keys, SourceSpan span, string path) =>
        Error("HS1320", "Exactly one of several keys", $"Write exactly one of {keys} here.", span, path);

    public static Diagnostic KeyNeedsKey(string key, string needed, string why, SourceSpan span, string path) =>
        Error("HS1321", "Key needs another key", $"\"{key}\" needs \"{needed}\" beside it: {why}.", span, path);

    public static Diagnostic StackNameFromPath(Located<string> path, string name) =>
        Error("HS1322", "Stack name not allowed", $"The file's name makes \"{Shown(name)}\" the stack's name, and that cannot be one. Name it yourself: \"stacks: {{ myname: {Shown(path.Value)} }}\", with {NameRule.Label.Words}.", path.Span);

    public static Diagnostic LeavesNothing(string key, SourceSpan span, string path) =>
        Error("HS1323", "Value leaves nothing", $"\"{key}\" would keep or do nothing at all. Write at least 1, or leave the key out.", span, path);

    public static Diagnostic DuplicateItem(string text, SourceSpan span, SourceSpan first) =>
        Error("HS1324", "Written twice in one list", $"\"{Shown(text)}\" stands twice. Remove one.", span) with { Related = [new(first, "first written here")] };

    private static Diagnostic Error(string code, string summary, string detail, SourceSpan? span, string path = "") =>
        new() { Code = code, Severity = Severity.Error, Summary = summary, Detail = detail, Span = span, Path = path };

    private static string Shown(string text) => BindingDiagnostics.Shown(text);

    private static string Words(string words) => words.Length == 0 ? "" : " " + (words.EndsWith('.') ? words : words + ".");
}
