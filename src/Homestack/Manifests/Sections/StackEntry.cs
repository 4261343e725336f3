using Homestack.Diagnostics;

namespace Homestack.Manifests.Sections;

/// <summary>One stack, as listed under <c>stacks</c>.</summary>
/// <param name="Name">As written, or made from the file's name.</param>
/// <param name="File">Path of its Compose file inside the home's folder.</param>
/// <param name="Host">Host of its services that name none themselves; absent: this machine.</param>
public sealed record StackEntry(Located<string> Name, Located<string> File, Located<string>? Host);
