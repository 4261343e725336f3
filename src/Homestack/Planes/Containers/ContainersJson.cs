using System.Text.Json.Serialization;
using Homestack.Collections;
using Homestack.Planes.Containers.EngineApi;
using Homestack.Primitives;

namespace Homestack.Planes.Containers;

/// <summary>This plane's changes and nouns as JSON, without reflection. Combine with <see cref="EngineJson"/> for the engine's messages inside.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ContainersChange))]
[JsonSerializable(typeof(ValueMap<Text>))]
[JsonSerializable(typeof(Text))]
[JsonSerializable(typeof(ValueList<ContentFile>))]
[JsonSerializable(typeof(ContentFile))]
[JsonSerializable(typeof(EmptyObject))]
[JsonSerializable(typeof(MountBody))]
[JsonSerializable(typeof(MountPoint))]
[JsonSerializable(typeof(ValueList<PortBinding>))]
[JsonSerializable(typeof(PortBinding))]
[JsonSerializable(typeof(UlimitBody))]
[JsonSerializable(typeof(DeviceBody))]
[JsonSerializable(typeof(DeviceRequestBody))]
[JsonSerializable(typeof(IpamPool))]
[JsonSerializable(typeof(ContainersObserved))]
[JsonSerializable(typeof(HostObserved))]
[JsonSerializable(typeof(ContainerObserved))]
[JsonSerializable(typeof(NetworkObserved))]
[JsonSerializable(typeof(VolumeObserved))]
[JsonSerializable(typeof(ImageObserved))]
[JsonSerializable(typeof(ContainersDesired))]
[JsonSerializable(typeof(Container))]
[JsonSerializable(typeof(Attachment))]
[JsonSerializable(typeof(NetworkWanted))]
[JsonSerializable(typeof(VolumeWanted))]
[JsonSerializable(typeof(ResourceId))]
[JsonSerializable(typeof(Blueprints.Host))]
[JsonSerializable(typeof(Blueprints.Dependency))]
public sealed partial class ContainersJson : JsonSerializerContext;
