using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads the keys of a service that say what it may do to the host and which namespaces it shares.</summary>
internal static class PrivilegesReader
{
    public static PrivilegesSpec Read(MappingReader service, SpecReading reading) => new()
    {
        Privileged = service.Bool("privileged")?.Value ?? false,
        ReadOnly = service.Bool("read_only")?.Value ?? false,
        CapAdd = service.Plains("cap_add"),
        CapDrop = service.Plains("cap_drop"),
        SecurityOpt = service.Plains("security_opt"),
        Devices = ReadDevices(service, reading),
        DeviceCgroupRules = service.Plains("device_cgroup_rules"),
        Sysctls = service.Pairs("sysctls", reading),
        CgroupParent = service.Plain("cgroup_parent"),
        Cgroup = service.Word("cgroup", "host", "private")?.Value,
        Ipc = service.Text("ipc"),
        Pid = service.Text("pid"),
        Uts = service.Word("uts", "host")?.Value,
        UsernsMode = service.Word("userns_mode", "host")?.Value,
        Runtime = service.Plain("runtime"),
        StorageOptions = service.TextMap("storage_opt") ?? ValueMap<Located<string>>.Empty,
    };

    private static ValueList<DeviceSpec> ReadDevices(MappingReader service, SpecReading reading)
    {
        var devices = new List<DeviceSpec>();
        var items = service.Items("devices") ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var path = $"{service.PathOf("devices")}[{i}]";
            if (items[i] is YamlMapping)
            {
                if (MappingReader.Of(items[i], path, reading.Diagnostics) is { } mapping)
                {
                    if (mapping.RequiredText("source", "the device on the host") is { } source)
                    {
                        devices.Add(new(source.Value, mapping.Plain("target") ?? source.Value, mapping.Plain("permissions") ?? "rwm"));
                    }

                    mapping.FinishExceptExtensions();
                }
            }
            else if (YamlValue.Text(items[i], path, reading.Diagnostics) is { } text)
            {
                AddShort(devices, text, path, reading);
            }
        }

        // As for volumes, the last of several with one target counts.
        return devices.AsEnumerable().Reverse().DistinctBy(device => device.Target).Reverse().ToValueList();
    }

    private static void AddShort(List<DeviceSpec> devices, Located<string> text, string path, SpecReading reading)
    {
        // A name of the Container Device Interface, such as vendor.com/gpu=0, has no target.
        var pieces = text.Value.Contains('=', StringComparison.Ordinal) ? [text.Value] : text.Value.Split(':');
        var isPermission = pieces.Length == 2 && pieces[1].Length is > 0 and <= 3 && pieces[1].All(letter => letter is 'r' or 'w' or 'm');
        if (pieces.Length > 3 || pieces.Any(piece => piece.Length == 0))
        {
            reading.Diagnostics.Add(SpecDiagnostics.Value(text.Value, "SOURCE[:TARGET[:rwm]], such as \"/dev/dri:/dev/dri\"", text.Span, path));
            return;
        }

        devices.Add(isPermission ? new(pieces[0], pieces[0], pieces[1])
            : new(pieces[0], pieces.Length > 1 ? pieces[1] : pieces[0], pieces.Length > 2 ? pieces[2] : "rwm"));
    }
}
