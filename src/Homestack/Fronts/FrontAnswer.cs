namespace Homestack.Fronts;

/// <summary>What the front says to a snapshot that it was given.</summary>
/// <param name="Digest">SHA-256 of the bytes that are being served now, lower-case hexadecimal; empty when there are none.</param>
/// <param name="Problem">Why the new one was not taken, in full sentences; empty when it was. The old one goes on being served.</param>
public sealed record FrontAnswer(string Digest, string Problem);
