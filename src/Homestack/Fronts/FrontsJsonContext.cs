using System.Text.Json.Serialization;
using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Fronts;

/// <summary>How snapshots are written: compact, camel case, defaults left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(IngressSnapshot))]
[JsonSerializable(typeof(CertificatesSnapshot))]
[JsonSerializable(typeof(AddressesSnapshot))]
[JsonSerializable(typeof(NamesSnapshot))]
[JsonSerializable(typeof(BlocklistsSnapshot))]
[JsonSerializable(typeof(NamesReport))]
[JsonSerializable(typeof(NamesCount))]
[JsonSerializable(typeof(ValueList<NamesCount>))]
[JsonSerializable(typeof(NamesQuestion))]
[JsonSerializable(typeof(ValueList<NamesQuestion>))]
[JsonSerializable(typeof(ValueMap<int>))]
[JsonSerializable(typeof(VisitsReport))]
[JsonSerializable(typeof(ServiceVisits))]
[JsonSerializable(typeof(ValueList<ServiceVisits>))]
[JsonSerializable(typeof(FrontAnswer))]
[JsonSerializable(typeof(ValueMap<string>))]
[JsonSerializable(typeof(ValueMap<ValueList<string>>))]
[JsonSerializable(typeof(ValueList<string>))]
[JsonSerializable(typeof(ValueList<Cidr>))]
[JsonSerializable(typeof(Cidr))]
[JsonSerializable(typeof(FrontRoute))]
[JsonSerializable(typeof(FrontRawRoute))]
[JsonSerializable(typeof(FrontCertificate))]
[JsonSerializable(typeof(NameZone))]
[JsonSerializable(typeof(NameRecord))]
[JsonSerializable(typeof(NameBlocklist))]
[JsonSerializable(typeof(ValueList<NameBlocklist>))]
[JsonSerializable(typeof(BlocklistFile))]
[JsonSerializable(typeof(ValueMap<BlocklistFile>))]
[JsonSerializable(typeof(ValueList<NameRecord>))]
[JsonSerializable(typeof(string))]
public sealed partial class FrontsJsonContext : JsonSerializerContext;
