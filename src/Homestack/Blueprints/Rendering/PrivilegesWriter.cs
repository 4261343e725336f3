using Homestack.Manifests.Yaml;

namespace Homestack.Blueprints.Rendering;

/// <summary>Writes what a container may do to the host, and which namespaces it shares.</summary>
internal static class PrivilegesWriter
{
    public static void Write(ContainerSettings container, MappingWriter mapping, ComposeNames names) => mapping
        .Flag("privileged", container.Privileged)
        .Flag("read_only", container.ReadOnly)
        .Texts("cap_add", container.CapAdd)
        .Texts("cap_drop", container.CapDrop)
        .Texts("security_opt", container.SecurityOpt)
        .Texts("devices", container.Devices.Select(DeviceText))
        .Texts("device_cgroup_rules", container.DeviceCgroupRules)
        .TextMap("sysctls", container.Sysctls)
        .Text("cgroup_parent", container.CgroupParent)
        .Text("cgroup", container.Cgroup)
        .Text("ipc", container.Ipc is { } ipc ? names.Reference(ipc) : null)
        .Text("pid", container.Pid is { } pid ? names.Reference(pid) : null)
        .Text("uts", container.Uts)
        .Text("userns_mode", container.UsernsMode)
        .Text("runtime", container.Runtime)
        .TextMap("storage_opt", container.StorageOptions);

    /// <summary>A name of the Container Device Interface, such as <c>vendor.com/gpu=0</c>, stands alone.</summary>
    private static string DeviceText(Device device) =>
        device.Source.Contains('=', StringComparison.Ordinal) ? device.Source : $"{device.Source}:{device.Target}:{device.Permissions}";
}
