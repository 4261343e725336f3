namespace Homestack.Cli.Homes;

/// <summary>Opens real homes.</summary>
internal sealed class HomeOpener : IHomeOpener;
