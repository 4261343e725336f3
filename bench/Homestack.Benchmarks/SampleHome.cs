using System.Globalization;
using System.Text;
using Homestack.Collections;

namespace Homestack.Benchmarks;

/// <summary>Writes homes of any size: the same size gives the same text. The stack is a Compose file that <c>docker-compose</c> 1.29 takes as well.</summary>
/// <remarks>
/// The services are written as published files write theirs: merges, interpolation, short and long syntax, about 17 lines each. Every fourth is a small one.
/// </remarks>
internal static class SampleHome
{
    public const string StackPath = "stacks/sample.yaml";

    private const int ServicesPerNetwork = 20;

    /// <summary>The files of a home with services that need images from elsewhere: for loading and planning, not for bringing up.</summary>
    public static ValueMap<string> Of(int services) => Files("", Declared(services));

    /// <summary>The files of a home whose services all run one image of a small web server: for bringing up.</summary>
    /// <param name="services">How many.</param>
    /// <param name="image">An image with <c>/bin/busybox</c>, present in the engine.</param>
    /// <param name="engine">Where the container engine listens, such as <c>unix:///run/docker.sock</c>.</param>
    public static ValueMap<string> Running(int services, string image, string engine) => Files($"hosts: {{ bench: {{ connect: \"{engine}\" }} }}\n", Runnable(services, image));

    private static ValueMap<string> Files(string hosts, string stack) => new Dictionary<string, string>
    {
        ["homestack.yaml"] = $"homestack: 1\nhome: sample\n{hosts}stacks: [{StackPath}]\n",
        [StackPath] = stack,
    }.ToValueMap();

    private static string Declared(int services)
    {
        var text = new StringBuilder(
            """
            x-usual: &usual
              restart: unless-stopped
              logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }
              security_opt: ["no-new-privileges:true"]

            services:

            """);
        for (var i = 0; i < services; i++)
        {
            _ = i % 4 == 3 ? Small(text, i) : Usual(text, i);
        }

        text.Append("networks:\n");
        for (var network = 0; network * ServicesPerNetwork < services; network++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  net-{network:D2}: {{}}\n");
        }

        text.Append("volumes:\n");
        for (var i = 0; i < services; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  app-{i:D3}-data: {{}}\n");
        }

        return text.ToString();
    }

    private static StringBuilder Small(StringBuilder text, int i) => text.Append(
        CultureInfo.InvariantCulture,
        $"""
          app-{i:D3}:
            image: registry.example.org/apps/cache:{i % 9}.2-alpine
            restart: always
            command: ["redis-server", "--save", "60", "1"]
            volumes: ["app-{i:D3}-data:/data"]
            networks: [net-{i / ServicesPerNetwork:D2}]


        """);

    private static StringBuilder Usual(StringBuilder text, int i)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
              app-{{i:D3}}:
                <<: *usual
                image: registry.example.org/apps/app-{{i:D3}}:${APP_{{i % 7}}_VERSION:-1.{{i % 10}}.4}
                environment:
                  TZ: ${TZ:-Europe/Bucharest}
                  PUID: "1000"
                  LOG_LEVEL: info
                  DATABASE_URL: postgres://app:${DB_PASSWORD:-changeme}@database:5432/app_{{i:D3}}
                volumes:
                  - app-{{i:D3}}-data:/data
                  - /etc/localtime:/etc/localtime:ro
                ports:
                  - "127.0.0.1:{{20000 + i}}:8080"
                networks:
                  - net-{{i / ServicesPerNetwork:D2}}
                healthcheck:
                  test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/healthz"]
                  interval: 30s
                  retries: 3

            """);
        if (i % ServicesPerNetwork != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    depends_on:\n      - app-{i - 1:D3}\n");
        }

        return text.Append('\n');
    }

    private static string Runnable(int services, string image)
    {
        var text = new StringBuilder("services:\n");
        for (var i = 0; i < services; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                  app-{{i:D3}}:
                    image: {{image}}
                    command: ["/bin/busybox", "httpd", "-f", "-p", "8080"]
                    restart: "no"
                    stop_grace_period: 1s
                    environment: { TZ: Europe/Bucharest, NUMBER: "{{i}}" }
                    volumes: ["app-{{i:D3}}-data:/data"]
                    networks: [net-{{i / 10:D2}}]

                """);
            if (i % 10 == 9)
            {
                text.Append(CultureInfo.InvariantCulture, $"    depends_on: [app-{i - 9:D3}]\n");
            }
        }

        text.Append("networks:\n");
        for (var network = 0; network * 10 < services; network++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  net-{network:D2}: {{}}\n");
        }

        text.Append("volumes:\n");
        for (var i = 0; i < services; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  app-{i:D3}-data: {{}}\n");
        }

        return text.ToString();
    }
}
