using System.Globalization;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose.Reading;

/// <summary>Reads devices that a driver hands out: <c>gpus</c> of a service and <c>devices</c> of reservations.</summary>
/// <remarks>Without a count and ids, all are meant. Adds HS1150. <para>Source: Compose Specification, "gpus"; Compose Deploy Specification, "devices".</para></remarks>
internal static class DeviceRequestReader
{
    public static ValueList<DeviceRequestSpec> Read(MappingReader mapping, string key, SpecReading reading)
    {
        if (mapping.Take(key) is not { } node)
        {
            return [];
        }

        var path = mapping.PathOf(key);
        if (node is YamlScalar scalar && key == "gpus")
        {
            if (scalar.Value != "all")
            {
                reading.Diagnostics.Add(SpecDiagnostics.Value(scalar.Value, "\"all\" or a list of devices", scalar.Span, path));
            }

            return [new() { Capabilities = ["gpu"] }];
        }

        var requests = new List<DeviceRequestSpec>();
        var items = YamlValue.Items(node, "a list of devices", path, reading.Diagnostics) ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (MappingReader.Of(items[i], $"{path}[{i}]", reading.Diagnostics) is { } device)
            {
                requests.Add(ReadOne(device, isGpu: key == "gpus", reading));
            }
        }

        return requests.ToValueList();
    }

    private static DeviceRequestSpec ReadOne(MappingReader device, bool isGpu, SpecReading reading)
    {
        var count = device.Text("count");
        var ids = device.Plains("device_ids");
        var capabilities = device.Plains("capabilities");
        var request = new DeviceRequestSpec
        {
            Driver = device.Plain("driver") ?? "",
            Ids = ids,
            Count = Count(count, device, reading),
            Capabilities = isGpu && !capabilities.Contains("gpu") ? capabilities.Add("gpu") : capabilities,
            Options = device.Pairs("options", reading),
        };
        device.FinishExceptExtensions();
        if (count is { } both && ids.Count > 0)
        {
            reading.Diagnostics.Add(SpecDiagnostics.Value(both.Value, "either \"count\" or \"device_ids\", not both", both.Span, device.PathOf("count")));
        }

        if (request.Capabilities.Count == 0)
        {
            reading.Diagnostics.Add(BindingDiagnostics.Missing("capabilities", "what the device must be able to do, such as [gpu]", device.Span, device.Path));
        }

        return request;
    }

    private static int Count(Located<string>? count, MappingReader device, SpecReading reading)
    {
        if (count is not { } written || written.Value == "all")
        {
            return -1;
        }

        if (int.TryParse(written.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= -1)
        {
            return number;
        }

        reading.Diagnostics.Add(SpecDiagnostics.Value(written.Value, "a number or \"all\"", written.Span, device.PathOf("count")));
        return -1;
    }
}
