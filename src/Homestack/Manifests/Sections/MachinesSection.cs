using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Manifests.Yaml;
using Homestack.Primitives;
using static Homestack.Manifests.Sections.ExposureFields;

namespace Homestack.Manifests.Sections;

/// <summary><c>machines</c>: virtual machines.</summary>
public static class MachinesSection
{
    private static readonly Field<string> Image = new("image", ShapeList.AnyPath, "Disk image that it begins with; the file itself is never changed.") { IsRequired = true };

    private static readonly Field<int> Cpu = new("cpu", ShapeList.Int(1, 256), "Virtual CPUs. Default 2.");

    private static readonly Field<ByteSize> Memory = new("memory", AtLeast(ByteSize.FromMiB(64), "64MiB or more, such as 2GiB"), "Memory. Default 2GiB.");

    private static readonly Field<ByteSize> Disk = new("disk", AtLeast(ByteSize.FromMiB(64), "64MiB or more, such as 40GiB"), "Size of its disk. Default: as large as the image.");

    private static readonly Field<string> Start = new("start", ShapeList.Choice("always", "manual"), "always: runs whenever the home does. manual: waits to be started. Default always.");

    public static readonly Shape<ValueMap<Located<MachineSpec>>> Shape = ShapeList.MapOf(NameRule.Label, new MappingShape<MachineSpec>(
        [Image, Cpu, Memory, Disk, Start, Expose, Host],
        fields => new()
        {
            Image = fields.Get(Image), Cpu = fields.Get(Cpu), Memory = fields.Get(Memory), Disk = fields.Get(Disk),
            Start = fields.Get(Start), Expose = fields.Get(Expose, []), Host = fields.Get(Host),
        }));

    private static ScalarShape<ByteSize> AtLeast(ByteSize least, string words) => new(
        (node, path, diagnostics) =>
        {
            if (YamlValue.Bytes(node, path, diagnostics) is not { } size || node is not YamlScalar scalar)
            {
                return null;
            }

            if (size.Value.Bytes >= least.Bytes)
            {
                return size;
            }

            diagnostics.Add(BindingDiagnostics.NotUnderstood(words, scalar, path));
            return null;
        },
        ShapeList.Bytes.Schema);
}
