using Homestack.Blueprints.Stacks;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests;
using Homestack.Manifests.Compose;

namespace Homestack.Tests.Manifests.Compose;

/// <summary>A stack "photos" loaded from texts, with everything that was said about it.</summary>
internal sealed class LoadedStack
{
    private LoadedStack(StackSpec? spec, DiagnosticBag diagnostics)
    {
        Spec = spec;
        Diagnostics = diagnostics;
    }

    public StackSpec? Spec { get; }

    public DiagnosticBag Diagnostics { get; }

    public IEnumerable<string> Codes => Diagnostics.Select(diagnostic => diagnostic.Code);

    /// <summary>The service, when the stack loaded without an error.</summary>
    public ServiceSpec Service(string name = "app")
    {
        Assert.DoesNotContain(Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        return Assert.IsType<StackSpec>(Spec).Services[name];
    }

    /// <summary>The only diagnostic of a code.</summary>
    public Diagnostic Only(string code) => Assert.Single(Diagnostics, diagnostic => diagnostic.Code == code);

    public StackBlueprint Build()
    {
        Assert.DoesNotContain(Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        return StackBuilder.Build(Assert.IsType<StackSpec>(Spec), new("home", "/srv/home", "local"), Diagnostics);
    }

    public static LoadedStack Of(string yaml, params (string Path, string Text)[] others) => With(new Dictionary<string, string>(), [], yaml, others);

    public static LoadedStack With(IReadOnlyDictionary<string, string> environment, string[] profiles, string yaml, params (string Path, string Text)[] others)
    {
        var diagnostics = new DiagnosticBag();
        var reader = new MemorySources([("stacks/photos.yaml", yaml), .. others]);
        return new(StackLoader.Load(reader, "stacks/photos.yaml", "photos", new LoadOptions(environment.ToValueMap(), profiles.ToValueList()), diagnostics), diagnostics);
    }

    /// <summary>A stack with one service "app" that has an image and the given lines, which begin at its keys.</summary>
    public static LoadedStack App(string keys, params (string Path, string Text)[] others) =>
        Of("services:\n  app:\n    image: nginx\n" + string.Join('\n', keys.Split('\n').Select(line => "    " + line)) + "\n", others);
}
