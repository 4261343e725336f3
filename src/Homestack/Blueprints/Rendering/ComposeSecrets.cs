namespace Homestack.Blueprints.Rendering;

/// <summary>How a Compose file names the home's secrets.</summary>
public enum ComposeSecrets
{
    /// <summary>As variables of the file, such as <c>${CLOUDFLARE}</c>: any Compose program fills them in from its environment.</summary>
    Variables,

    /// <summary>By their names in the home's store, such as <c>${secret:cloudflare}</c>: only we can fill them in.</summary>
    Names,
}
