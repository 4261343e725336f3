using System.Text.Json;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Planes;
using Homestack.Primitives;

namespace Homestack.Homes;

/// <summary>How a <see cref="FolderPlan"/> travels. By hand: a short process would wait longer for serializers to be made ready than for its answer.</summary>
public static class FolderPlanWire
{
    public static byte[] Write(FolderPlan plan)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteDiagnostics(writer, "loading", plan.Loading);
            writer.WriteNumber("leftOut", plan.LeftOut);
            WriteDiagnostics(writer, "planning", plan.Planning);
            if (plan.Plan is { } summary)
            {
                WriteSummary(writer, summary);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no such answer.</exception>
    public static FolderPlan Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new(ReadDiagnostics(root, "loading"), root.GetProperty("leftOut").GetInt32(), ReadDiagnostics(root, "planning"),
                root.TryGetProperty("plan", out var summary) ? ReadSummary(summary) : null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static void WriteDiagnostics(Utf8JsonWriter writer, string name, ValueList<Diagnostic> diagnostics)
    {
        writer.WriteStartArray(name);
        foreach (var diagnostic in diagnostics)
        {
            writer.WriteStartObject();
            writer.WriteString("code", diagnostic.Code);
            writer.WriteBoolean("isError", diagnostic.Severity == Severity.Error);
            writer.WriteString("summary", diagnostic.Summary);
            writer.WriteString("detail", diagnostic.Detail);
            writer.WriteString("path", diagnostic.Path);
            if (diagnostic.Span is { } span)
            {
                writer.WritePropertyName("place");
                WritePlace(writer, span, "");
            }

            writer.WriteStartArray("related");
            foreach (var related in diagnostic.Related)
            {
                WritePlace(writer, related.Span, related.Words);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter writer, SourceSpan span, string words)
    {
        writer.WriteStartObject();
        writer.WriteString("file", span.Source.Path);
        writer.WriteNumber("line", span.Line);
        writer.WriteNumber("column", span.Column);
        writer.WriteNumber("length", span.Length);
        writer.WriteString("text", span.Source.Line(span.Line));
        writer.WriteString("words", words);
        writer.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter writer, PlanSummary plan)
    {
        writer.WriteStartObject("plan");
        writer.WriteString("home", plan.Home);
        writer.WriteNumber("basedOn", plan.BasedOn);
        writer.WriteNumber("rollbackTo", plan.RollbackTo);
        writer.WriteBoolean("isEmpty", plan.IsEmpty);
        writer.WriteStartArray("changes");
        foreach (var change in plan.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("resource", change.Resource.ToString());
            writer.WriteNumber("action", (int)change.Action);
            writer.WriteString("cause", change.Cause);
            writer.WriteString("place", change.Place);
            writer.WriteBoolean("isInterrupted", change.Impact.IsInterrupted);
            if (change.Impact.Downtime is { } downtime)
            {
                writer.WriteNumber("downtime", downtime.Ticks);
            }

            WriteWords(writer, "data", change.Impact.Data);
            WriteWords(writer, "becomes", change.Impact.BecomesReachable);
            WriteWords(writer, "stops", change.Impact.StopsBeingReachable);
            WriteWords(writer, "destroys", change.Impact.Destroys);
            writer.WriteStartArray("lines");
            foreach (var line in change.Impact.Lines)
            {
                writer.WriteStartObject();
                writer.WriteString("label", line.Label);
                writer.WriteString("words", line.Words);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("notYetManaged");
        foreach (var (section, words) in plan.NotYetManaged)
        {
            writer.WriteString(section, words);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter writer, string name, ValueList<string> words)
    {
        writer.WriteStartArray(name);
        foreach (var word in words)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }

    private static ValueList<Diagnostic> ReadDiagnostics(JsonElement root, string name) => ReadList(root, name, static diagnostic => new Diagnostic
    {
        Code = Text(diagnostic, "code"),
        Severity = diagnostic.GetProperty("isError").GetBoolean() ? Severity.Error : Severity.Warning,
        Summary = Text(diagnostic, "summary"),
        Detail = Text(diagnostic, "detail"),
        Path = Text(diagnostic, "path"),
        Span = diagnostic.TryGetProperty("place", out var place) ? ReadPlace(place) : null,
        Related = ReadList(diagnostic, "related", static related => new RelatedPlace(ReadPlace(related), Text(related, "words"))),
    });

    private static SourceSpan ReadPlace(JsonElement place)
    {
        var line = place.GetProperty("line").GetInt32();
        return new(new(Text(place, "file"), Text(place, "text"), line), line, place.GetProperty("column").GetInt32(), place.GetProperty("length").GetInt32());
    }

    private static PlanSummary ReadSummary(JsonElement plan) => new()
    {
        Home = Text(plan, "home"),
        BasedOn = plan.GetProperty("basedOn").GetInt32(),
        RollbackTo = plan.GetProperty("rollbackTo").GetInt32(),
        IsEmpty = plan.GetProperty("isEmpty").GetBoolean(),
        Changes = ReadList(plan, "changes", ReadChange),
        NotYetManaged = plan.GetProperty("notYetManaged").EnumerateObject().Select(static section => new KeyValuePair<string, string>(section.Name, section.Value.GetString() ?? "")).ToValueMap(),
    };

    private static ResourceChange ReadChange(JsonElement change) => new()
    {
        Resource = ResourceId.TryParse(Text(change, "resource"), out var resource) ? resource : throw new FormatException("A change names no resource."),
        Action = (ChangeAction)change.GetProperty("action").GetInt32(),
        Cause = Text(change, "cause"),
        Place = Text(change, "place"),
        Impact = new()
        {
            IsInterrupted = change.GetProperty("isInterrupted").GetBoolean(),
            Downtime = change.TryGetProperty("downtime", out var downtime) ? TimeSpan.FromTicks(downtime.GetInt64()) : null,
            Data = ReadWords(change, "data"),
            BecomesReachable = ReadWords(change, "becomes"),
            StopsBeingReachable = ReadWords(change, "stops"),
            Destroys = ReadWords(change, "destroys"),
            Lines = ReadList(change, "lines", static line => new ImpactLine(Text(line, "label"), Text(line, "words"))),
        },
        Steps = [],
    };

    private static ValueList<string> ReadWords(JsonElement parent, string name) => ReadList(parent, name, static word => word.GetString() ?? "");

    private static ValueList<T> ReadList<T>(JsonElement parent, string name, Func<JsonElement, T> read)
        where T : class
    {
        var list = parent.GetProperty(name);
        var items = new T[list.GetArrayLength()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(list[i]);
        }

        return ValueList.Create<T>(items);
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString() ?? "";
}
