using Homestack.Diagnostics;

namespace Homestack.Tests.Manifests.Compose;

public sealed class StackLoaderTests
{
    [Fact]
    public void A_usual_file_becomes_a_complete_part_of_the_blueprint()
    {
        var loaded = LoadedStack.Of(
            """
            version: "3.9"
            name: whatever
            x-restart: &restart { restart: unless-stopped }
            services:
              web:
                <<: *restart
                image: ghcr.io/example/web:${TAG:-1.2}
                ports: ["8080:80"]
                environment:
                  - DB=postgres://db
                depends_on:
                  db: { condition: service_healthy }
              db:
                <<: *restart
                image: postgres:16
                environment: { POSTGRES_PASSWORD: "${secret:db-password}" }
                volumes: ["data:/var/lib/postgresql/data", "./init:/docker-entrypoint-initdb.d:ro"]
                healthcheck: { test: pg_isready, interval: 10s }
            volumes: { data: }
            """);
        var built = loaded.Build();
        Assert.Empty(loaded.Diagnostics);
        var web = built.Services["photos/web"];
        Assert.Equal("ghcr.io/example/web:1.2", web.Image.Reference.ToString());
        Assert.Equal("127.0.0.1:8080→80/tcp", Assert.Single(web.Container.Ports).ToString());
        Assert.Equal("photos/db", Assert.Single(web.DependsOn).Key);
        var database = built.Services["photos/db"].Container;
        Assert.Equal("${secret:db-password}", database.Environment["POSTGRES_PASSWORD"].ToString());
        Assert.Equal(["/srv/home/stacks/init", "photos/data"], database.Mounts.Select(mount => mount.Source));
        Assert.Equal(["CMD-SHELL", "pg_isready"], database.Healthcheck?.Test);
        Assert.Equal("home-photos-default", built.Networks["photos/default"].EngineName);
        Assert.Equal("home-photos-data", built.Volumes["photos/data"].EngineName);
    }

    [Fact]
    public void An_unknown_key_is_an_error_with_its_place_and_the_nearest_known_one()
    {
        var diagnostic = LoadedStack.App("comand: run").Only("HS1020");
        Assert.Equal("stacks/photos.yaml:4:5", diagnostic.Span.ToString());
        Assert.Contains("\"command\"", diagnostic.Detail, StringComparison.Ordinal);
        Assert.Equal("services.app.comand", diagnostic.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("- a list")]
    [InlineData("text")]
    [InlineData("services: {}\nservises: {}")]
    [InlineData("services: [web]")]
    [InlineData("services:\n  web: nginx")]
    [InlineData("services:\n  web: {}")]
    [InlineData("services:\n\tweb: {}")]
    [InlineData("networks: { a: }")]
    [InlineData("web:\n  image: nginx")]
    public void A_file_that_is_no_stack_is_an_error(string yaml) =>
        Assert.Contains(LoadedStack.Of(yaml).Diagnostics, diagnostic => diagnostic.Severity == Severity.Error && diagnostic.Span is not null);

    [Fact]
    public void A_file_that_is_not_there_is_an_error()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(Homestack.Manifests.Compose.StackLoader.Load(new MemorySources(), "a.yaml", "a", Homestack.Manifests.LoadOptions.Empty, diagnostics));
        Assert.Equal("HS1100", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Keys_of_others_are_let_be() => LoadedStack.Of("x-anything: [1]\nservices:\n  app: { image: nginx, x-mine: { a: b } }").Service();

    [Fact]
    public void The_order_of_keys_changes_nothing()
    {
        var one = LoadedStack.Of("services:\n  a: { image: x, ports: ['1:1'], environment: { B: 1, A: 2 } }\n  b: { image: y }\n").Build();
        var other = LoadedStack.Of("services:\n  b: { image: y }\n  a: { environment: { A: 2, B: 1 }, ports: ['1:1'], image: x }\n").Build();
        Assert.Equal(one.Services["photos/a"] with { Place = "" }, other.Services["photos/a"] with { Place = "" });
    }

    [Fact]
    public void Every_text_that_was_read_is_kept()
    {
        var loaded = LoadedStack.App("env_file: app.env", ("stacks/.env", "A=1"), ("stacks/app.env", "B=2"));
        loaded.Service();
        Assert.Equal(["stacks/.env", "stacks/photos.yaml", "stacks/app.env"], loaded.Spec?.Sources.Select(source => source.Path));
    }
}
