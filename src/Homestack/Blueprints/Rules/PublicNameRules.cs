using Homestack.Diagnostics;

namespace Homestack.Blueprints.Rules;

/// <summary>Names in the public DNS need somebody who runs it and takes addresses from us. Adds HS2230.</summary>
public static class PublicNameRules
{
    public static void Check(HomeParts parts, DiagnosticBag diagnostics)
    {
        if (parts.Home.Dns is not { Value.Public: { } asked })
        {
            return;
        }

        var provider = parts.Home.Certificates?.Value.Provider;
        if (provider is null || !PublicNames.Providers.Contains(provider.Value.Value))
        {
            diagnostics.Add(HomeDiagnostics.NoPublicDns(provider, asked.Span, PublicNames.Providers));
        }
    }
}
