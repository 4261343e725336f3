using Homestack.Collections;

namespace Homestack.Homes;

/// <summary>A name that the home answers for, as <c>GET /api/v1/names</c> tells it: fields are added, never renamed or removed.</summary>
/// <param name="Name">Such as <c>nas</c>.</param>
/// <param name="HostName">Such as <c>nas.home.example.org</c>.</param>
/// <param name="Address">What it leads to: an address, a host name, or the service.</param>
/// <param name="Port">Null where only a name was given.</param>
/// <param name="Zones">From where it can be asked; empty for a record, which every zone gets.</param>
/// <param name="From">Where the manifest says so: <c>stacks</c>, <c>sites</c> or <c>dns.records</c>.</param>
/// <param name="CanBeTaken">It leads to an address alone, so it can be given and taken here.</param>
public sealed record GivenName(string Name, string HostName, string Address, int? Port, ValueList<string> Zones, string From, bool CanBeTaken);

/// <summary>What came of giving or taking a name.</summary>
/// <param name="Generation">The generation with it.</param>
/// <param name="Did">What was done, a sentence each.</param>
public sealed record NameChange(int Generation, ValueList<string> Did);
