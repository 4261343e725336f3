using Homestack.Collections;

namespace Homestack.Blueprints.Stacks;

/// <summary>A stack's part of the blueprint. Keys are <c>stack/name</c>.</summary>
/// <param name="Services">Every active service.</param>
/// <param name="Networks">Those that some service uses.</param>
/// <param name="Volumes">Those that some service uses.</param>
public sealed record StackBlueprint(ValueMap<Service> Services, ValueMap<Network> Networks, ValueMap<Volume> Volumes);
