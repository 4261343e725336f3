namespace Homestack.Tests.Manifests.Compose;

/// <summary><c>extends</c>, <c>include</c> and <c>profiles</c>.</summary>
public sealed class CombiningTests
{
    [Fact]
    public void An_extended_service_is_joined_key_by_key()
    {
        var service = LoadedStack.Of(
            """
            services:
              base:
                image: base
                command: [one, two]
                environment: [A=1, B=1]
                labels: { x: a }
                ports: ["80:80"]
                volumes: ["./a:/data", "./b:/other"]
                dns: 1.1.1.1
                logging: { driver: json-file, options: { max-size: 1m } }
                healthcheck: { test: [CMD, a, b], interval: 5s }
              app:
                extends: base
                command: three
                environment: { B: 2, C: 3 }
                labels: [y=b]
                ports: ["443:443"]
                volumes: ["./c:/data"]
                dns: [9.9.9.9]
                logging: { driver: local }
                healthcheck: { test: [CMD, c] }
            """).Service();
        Assert.Equal("base", service.Image?.Value);
        Assert.Equal(["three"], service.Command);
        Assert.Equal("{A: 1, B: 2, C: 3}", service.Environment.ToString());
        Assert.Equal("{x: a, y: b}", service.Labels.ToString());
        Assert.Equal([80, 443], service.Ports.Select(port => port.Target));
        Assert.Equal(["stacks/c", "stacks/b"], service.Volumes.Select(mount => mount.Source.Value));
        Assert.Equal(["1.1.1.1", "9.9.9.9"], service.Identity.Dns);
        Assert.Equal("local", service.Logging?.Driver);
        Assert.Empty(service.Logging?.Options ?? throw new InvalidOperationException());
        Assert.Equal(["CMD", "c"], service.Healthcheck?.Test);
        Assert.Equal(TimeSpan.FromSeconds(5), service.Healthcheck?.Interval);
    }

    [Fact]
    public void Paths_of_an_extended_file_belong_to_its_folder()
    {
        var service = LoadedStack.Of("services: { app: { extends: { file: ../shared/base.yaml, service: b } } }",
            ("shared/base.yaml", "services: { b: { extends: { service: a }, env_file: e.env }, a: { image: x, volumes: ['./d:/d'] } }"), ("shared/e.env", "A=1")).Service();
        Assert.Equal("shared/d", service.Volumes[0].Source.Value);
        Assert.Equal("1", service.Environment["A"].ToString());
    }

    [Fact]
    public void Reset_removes_and_override_replaces()
    {
        var service = LoadedStack.Of(
            """
            services:
              base: { image: x, ports: ["80:80"], environment: { A: 1 }, volumes: ["./a:/a"], hostname: h }
              app: { extends: base, ports: !reset [], environment: !override { B: 2 }, volumes: !override ["./b:/b"], hostname: !reset null }
            """).Service();
        Assert.Empty(service.Ports);
        Assert.Equal("{B: 2}", service.Environment.ToString());
        Assert.Equal("/b", Assert.Single(service.Volumes).Target.Value);
        Assert.Null(service.Identity.Hostname);
    }

    [Theory]
    [InlineData("services: { app: { extends: nobody, image: x }, nobdy: { image: x } }", "HS1123")]
    [InlineData("services: { app: { extends: app, image: x } }", "HS1124")]
    [InlineData("services: { app: { extends: b, image: x }, b: { extends: c, image: x }, c: { extends: app, image: x } }", "HS1124")]
    [InlineData("services: { app: { extends: { file: none.yaml, service: a }, image: x } }", "HS1100")]
    [InlineData("services: { app: { extends: { file: none.yaml }, image: x } }", "HS1025")]
    [InlineData("services: { a: { image: x, sysctls: [x=1], ports: ['1'] }, app: { extends: a, ports: { a: b } } }", "HS1125")]
    [InlineData("services: { app: { image: !wrong x } }", "HS1126")]
    public void What_cannot_be_extended_is_an_error(string yaml, string code) => Assert.Contains(code, LoadedStack.Of(yaml).Codes);

    [Fact]
    public void A_circle_through_two_files_is_found() =>
        Assert.Contains("HS1124", LoadedStack.Of("services: { app: { extends: { file: b.yaml, service: b } } }",
            ("stacks/b.yaml", "services: { b: { extends: { file: photos.yaml, service: app } } }")).Codes);

    [Fact]
    public void A_chain_of_a_thousand_services_ends_with_an_error()
    {
        var chain = string.Concat(Enumerable.Range(0, 1000).Select(i => $"  s{i}: {{ image: x, extends: s{i + 1} }}\n"));
        Assert.Contains("HS1128", LoadedStack.Of($"services:\n{chain}  s1000: {{ image: x }}\n").Codes);
    }

    [Fact]
    public void An_included_file_brings_its_services_with_its_own_folder_and_variables()
    {
        var loaded = LoadedStack.Of("include: [../other/stack.yaml]\nservices: { app: { image: x, depends_on: [db] } }",
            ("other/stack.yaml", "services: { db: { image: 'pg:${TAG}', volumes: ['./d:/d', 'v:/v'] } }\nvolumes: { v: }"), ("other/.env", "TAG=5"));
        var database = loaded.Service("db");
        Assert.Equal(("pg:5", "other/d"), (database.Image?.Value, database.Volumes[0].Source.Value));
        Assert.True(loaded.Spec?.Volumes.ContainsKey("v"));
    }

    [Fact]
    public void The_long_form_of_include_names_files_folder_and_variables()
    {
        var loaded = LoadedStack.Of("include: [{ path: [a/one.yaml, a/two.yaml], project_directory: p, env_file: e/v.env }]",
            ("stacks/a/one.yaml", "services: { app: { image: 'x:${T}', volumes: ['./d:/d'] } }"), ("stacks/a/two.yaml", "services: { app: { labels: { a: b } } }"), ("stacks/e/v.env", "T=9"));
        var service = loaded.Service();
        Assert.Equal(("x:9", "stacks/p/d", "{a: b}"), (service.Image?.Value, service.Volumes[0].Source.Value, service.Labels.ToString()));
    }

    [Theory]
    [InlineData("include: [b.yaml]\nservices: { app: { image: x } }", "services: { app: { image: y } }", "HS1122")]
    [InlineData("include: [b.yaml]\nservices: { app: { image: x } }", "include: [photos.yaml]\nservices: { b: { image: y } }", "HS1121")]
    [InlineData("include: [c.yaml]\nservices: { app: { image: x } }", "", "HS1100")]
    [InlineData("include: b.yaml\nservices: { app: { image: x } }", "services: { b: { image: y } }", "HS1021")]
    [InlineData("include: [{ paths: b.yaml }]\nservices: { app: { image: x } }", "services: { b: { image: y } }", "HS1020")]
    public void What_cannot_be_included_is_an_error(string yaml, string other, string code) => Assert.Contains(code, LoadedStack.Of(yaml, ("stacks/b.yaml", other)).Codes);

    [Fact]
    public void The_same_definition_on_both_sides_is_no_conflict() =>
        LoadedStack.Of("include: [b.yaml]\nservices: { app: { image: x } }\nnetworks: { n: { driver: bridge } }", ("stacks/b.yaml", "services: { b: { image: y } }\nnetworks: { n: { driver: bridge } }")).Service("b");

    [Theory]
    [InlineData(new string[0], "", new[] { "always", "blank" })]
    [InlineData(new[] { "dev" }, "", new[] { "always", "dev" })]
    [InlineData(new string[0], "dev,test", new[] { "always", "dev" })]
    [InlineData(new[] { "*" }, "", new[] { "always", "blank", "dev" })]
    public void Services_of_inactive_profiles_are_left_out(string[] profiles, string variable, string[] expected)
    {
        var environment = variable.Length == 0 ? new Dictionary<string, string>() : new() { ["COMPOSE_PROFILES"] = variable };
        var loaded = LoadedStack.With(environment, profiles, "services: { always: { image: x }, dev: { image: x, profiles: [dev] }, blank: { image: x, profiles: ['', other] } }");
        Assert.Equal(expected, loaded.Spec?.Services.Keys);
    }

    [Fact]
    public void Needing_a_service_that_its_profile_leaves_out_is_an_error()
    {
        var loaded = LoadedStack.Of("services: { app: { image: x, depends_on: [dev] }, dev: { image: x, profiles: [dev] } }");
        loaded.Build();
        Assert.Equal("services.app.depends_on", loaded.Only("HS2001").Path);
    }
}
