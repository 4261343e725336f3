namespace Homestack.Cli.Homes;

/// <summary>Opens homes.</summary>
internal interface IHomeOpener;
