using Homestack.Diagnostics;

namespace Homestack.Plans;

/// <summary>A plan to carry out, which may still be text. It is read when somebody needs more than to pass it on: who is refused before that, because another apply is under way, is told in half the time.</summary>
public sealed class KeptPlan
{
    private readonly byte[] json = [];
    private readonly DiagnosticBag diagnostics = new();
    private readonly Lazy<Plan?> plan;

    private KeptPlan(Plan plan) => this.plan = new(plan);

    /// <param name="json">What <see cref="PlanJson.Write(Plan)"/> wrote, or anything else.</param>
    /// <param name="reader">Reads it.</param>
    public KeptPlan(byte[] json, PlanJson reader)
    {
        this.json = json;
        plan = new(() => reader.Read(json, diagnostics));
    }

    public static implicit operator KeptPlan(Plan plan) => Of(plan);

    /// <summary>It was read, and there is nothing to do in it.</summary>
    public bool IsKnownToBeEmpty => plan is { IsValueCreated: true, Value.IsEmpty: true };

    public static KeptPlan Of(Plan plan) => new(plan);

    /// <summary>The plan; null with HS4003 when the text is none.</summary>
    public Plan? Read(DiagnosticBag into)
    {
        if (plan.Value is { } known)
        {
            return known;
        }

        into.AddRange(diagnostics);
        return null;
    }

    /// <summary>As JSON; text that was not read stays as it is.</summary>
    public byte[] Write(PlanJson writer) => json.Length > 0 || plan.Value is not { } known ? json : writer.Write(known);
}
