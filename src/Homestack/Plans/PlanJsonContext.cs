using System.Text.Json.Serialization;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Planes;
using Homestack.Primitives;

namespace Homestack.Plans;

/// <summary>Everything a plan's file holds, but for the cases of <see cref="Change"/>, which planes add. What stands in lists and maps is named here one by one.</summary>
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(Blueprint))]
[JsonSerializable(typeof(PlanStep))]
[JsonSerializable(typeof(PlanSource))]
[JsonSerializable(typeof(ResourceChange))]
[JsonSerializable(typeof(ImpactLine))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(ResourceId))]
[JsonSerializable(typeof(Host))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(Network))]
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(Text))]
[JsonSerializable(typeof(Dependency))]
[JsonSerializable(typeof(NetworkAttachment))]
[JsonSerializable(typeof(AddressPool))]
[JsonSerializable(typeof(PublishedPort))]
[JsonSerializable(typeof(Mount))]
[JsonSerializable(typeof(Ulimit))]
[JsonSerializable(typeof(Device))]
[JsonSerializable(typeof(DeviceRequest))]
[JsonSerializable(typeof(ImagePin))]
[JsonSerializable(typeof(Cidr))]
[JsonSerializable(typeof(ValueList<Cidr>))]
[JsonSerializable(typeof(ValueList<string>))]
[JsonSerializable(typeof(Site))]
[JsonSerializable(typeof(CertificateSettings))]
[JsonSerializable(typeof(Blocklist))]
[JsonSerializable(typeof(ValueList<Blocklist>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
