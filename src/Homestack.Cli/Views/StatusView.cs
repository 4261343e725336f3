using System.Globalization;
using Homestack.Homes;

namespace Homestack.Cli.Views;

/// <summary>How the home is, for people: what is wrong stands out, what is well is one line.</summary>
internal sealed class StatusView(TextWriter writer, Ink ink, DateTimeOffset now)
{
    public void Write(HomeStatus status)
    {
        writer.WriteLine(Title(status));
        if (status.Services.Count > 0)
        {
            writer.WriteLine();
            WriteServices(status.Services);
        }

        WriteCertificates(status);
        WriteList("drift", status.Drift, ink.Warning);
        WriteList("problem", status.Problems, ink.Bad);
    }

    /// <summary>One line each.</summary>
    public void WriteServices(IEnumerable<ServiceStatus> services)
    {
        var columns = new Columns("  ");
        foreach (var service in services)
        {
            var (symbol, paint) = Symbol(service.Health);
            columns.Add(
                Cell.Painted(symbol, paint),
                Cell.Painted(ShortName(service.Name), ink.Strong),
                Words(service),
                string.Join(' ', service.Addresses),
                string.Join(' ', service.Zones),
                Cell.Painted(Next(service), ink.Faint));
        }

        columns.WriteTo(writer);
    }

    /// <summary>Those of public issuers; the home's own renews itself. What is urgent stands among the problems.</summary>
    private void WriteCertificates(HomeStatus status)
    {
        foreach (var certificate in status.Certificates.Where(certificate => certificate.IsPublic && !certificate.IsUrgent))
        {
            Func<string, string> paint = certificate.Urgency > 0 || certificate.Ends is null ? ink.Warning : ink.Faint;
            writer.WriteLine($"  {paint(certificate.Urgency > 0 ? "!" : certificate.Ends is null ? "…" : "✓")} {SafeText.Line(certificate.ToString())}");
        }
    }

    private string Title(HomeStatus status)
    {
        var unwell = status.Services.Count(service => service.Health is not (ServiceHealth.Well or ServiceHealth.Resting or ServiceHealth.Starting));
        var starting = status.Services.Count(service => service.Health == ServiceHealth.Starting);
        var sum = unwell > 0 ? ink.Bad(unwell == status.Services.Count ? "nothing is well" : unwell == 1 ? "all but one well" : string.Create(CultureInfo.InvariantCulture, $"{unwell} are not well"))
            : status.Problems.Count > 0 ? ink.Bad("not all is known")
            : starting > 0 ? ink.Warning(string.Create(CultureInfo.InvariantCulture, $"{starting} still starting"))
            : status.Drift.Count > 0 ? ink.Warning("changed behind our back")
            : status.Services.Count == 0 ? "no services" : ink.Good("all well");
        var since = status.Since is { } moment ? " · since " + Durations.Moment(moment, now) : "";
        var watched = status.EngineProcess > 0 ? "" : ink.Faint(" · nobody watches; start with: homestack up -d");
        return $"{ink.Strong(SafeText.Line(status.Home))} · {(status.Generation == 0 ? "nothing applied yet" : $"generation {status.Generation}")}{since} · {sum}{watched}";
    }

    private void WriteList(string label, IEnumerable<string> lines, Func<string, string> paint)
    {
        foreach (var line in lines)
        {
            writer.WriteLine($"  {paint("!")} {label}: {SafeText.Line(line)}");
        }
    }

    private string Words(ServiceStatus service)
    {
        var since = service.Since is { } moment && moment <= now ? " " + Durations.Short(now - moment) : "";
        var count = service.Wanted > 1 ? $" {service.Running}/{service.Wanted}" : "";
        return service.Words + count + since;
    }

    private static string Next(ServiceStatus service) => service.Health switch
    {
        ServiceHealth.Unwell or ServiceHealth.Stopped => (service.Complaint.Length > 0 ? service.Complaint + "  " : "") + "homestack logs " + ShortName(service.Name),
        ServiceHealth.Missing => "homestack up",
        _ => "",
    };

    private (string Symbol, Func<string, string> Paint) Symbol(ServiceHealth health) => health switch
    {
        ServiceHealth.Well => ("✓", ink.Good),
        ServiceHealth.Resting => ("·", ink.Faint),
        ServiceHealth.Starting => ("…", ink.Warning),
        ServiceHealth.Unwell => ("!", ink.Warning),
        _ => ("✗", ink.Bad),
    };

    private static string ShortName(string name) => name.Split('/') is [var stack, var service] && stack == service ? service : name;
}
