using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes texts as a Compose file wants them: a dollar sign doubled, a secret as a variable.</summary>
/// <remarks><para>Source: Compose Specification, "Interpolation".</para></remarks>
internal sealed class ComposeText(ComposeSecrets style)
{
    private readonly Dictionary<string, string> variableOf = new(StringComparer.Ordinal);

    /// <summary>Variable → secret, of all that were written so far.</summary>
    public ValueMap<string> Variables => variableOf.ToValueMap(pair => pair.Value, pair => pair.Key);

    public static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>It is one whole secret, and is written under <c>x-homestack.secrets</c>, where other programs need not understand it.</summary>
    public bool StaysNamed(Text text) => style == ComposeSecrets.Names && text.Parts is [{ IsSecret: true }];

    public string Of(Text text) => string.Concat(text.Parts.Select(part => !part.IsSecret ? Escape(part.Value)
        : style == ComposeSecrets.Names ? $"${{secret:{part.Value}}}" : $"${{{Variable(part.Value)}}}"));

    private string Variable(string secret)
    {
        if (!variableOf.TryGetValue(secret, out var variable))
        {
            var plain = string.Concat(secret.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));
            plain = char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
            variable = plain;

            // "a.b" and "a-b" are two secrets and must be two variables.
            for (var number = 2; variableOf.ContainsValue(variable); number++)
            {
                variable = $"{plain}_{number}";
            }

            variableOf.Add(secret, variable);
        }

        return variable;
    }
}
