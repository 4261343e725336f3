using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose;
using Homestack.Primitives;

namespace Homestack.Blueprints.Stacks;

/// <summary>Everything that is mounted into a container: volumes, folders, tmpfs, secrets and configs.</summary>
/// <remarks>Adds HS2003, HS2004, HS2008, HS2070 to HS2073.</remarks>
internal static class MountBuilder
{
    private const string SecretFolder = "/run/secrets/";

    public static ValueList<Mount> Build(ServiceSpec spec, StackNames names)
    {
        var path = $"services.{spec.Name.Value}";
        var mounts = new SortedDictionary<string, Mount>(StringComparer.Ordinal);
        foreach (var mount in spec.Volumes)
        {
            if (FromVolume(mount, path, names) is { } made)
            {
                mounts[made.Target] = made;
            }
        }

        foreach (var written in spec.Tmpfs)
        {
            var colon = written.Value.IndexOf(':', StringComparison.Ordinal);
            var target = colon < 0 ? written.Value : written.Value[..colon];
            if (!target.StartsWith('/'))
            {
                names.Diagnostics.Add(MountDiagnostics.RelativeTarget(written, path + ".tmpfs"));
            }

            Add(mounts, new() { Kind = MountKind.Tmpfs, Target = target, TmpfsOptions = colon < 0 ? "" : written.Value[(colon + 1)..] }, written.Span, path + ".tmpfs", names);
        }

        foreach (var secret in spec.Secrets)
        {
            var target = secret.Target.Length == 0 ? SecretFolder + secret.Source.Value : secret.Target.StartsWith('/') ? secret.Target : SecretFolder + secret.Target;
            AddFile(mounts, "secret", secret, target, names.Stack.Secrets, path + ".secrets", names);
        }

        foreach (var config in spec.Configs)
        {
            var target = config.Target.Length == 0 ? "/" + config.Source.Value : config.Target.StartsWith('/') ? config.Target : "/" + config.Target;
            AddFile(mounts, "config", config, target, names.Stack.Configs, path + ".configs", names);
        }

        return mounts.Values.ToValueList();
    }

    /// <summary><c>service[:ro]</c> with the service as <c>stack/name</c>; <c>container:name[:ro]</c> as it is.</summary>
    public static string BuildVolumesFrom(string written, StackNames names)
    {
        var plain = written.EndsWith(":rw", StringComparison.Ordinal) ? written[..^3] : written;
        return plain.StartsWith("container:", StringComparison.Ordinal) ? plain : names.KeyOf(plain);
    }

    private static Mount? FromVolume(MountSpec mount, string path, StackNames names)
    {
        var made = new Mount
        {
            Kind = mount.Kind switch { MountSpecKind.Bind => MountKind.Bind, MountSpecKind.Tmpfs => MountKind.Tmpfs, _ => MountKind.Volume },
            Target = mount.Target.Value,
            IsReadOnly = mount.IsReadOnly,
            Propagation = mount.Propagation,
            CreatesHostPath = mount.CreatesHostPath,
            SelinuxLabel = mount.SelinuxLabel,
            IsNoCopy = mount.IsNoCopy,
            SubPath = mount.SubPath,
            TmpfsSize = mount.TmpfsSize,
            TmpfsMode = mount.TmpfsMode,
        };
        switch (mount.Kind)
        {
            case MountSpecKind.Bind:
                return made with { Source = names.AbsolutePath(mount.Source.Value) };
            case MountSpecKind.Volume when mount.Source.Value is { Length: > 0 } key:
                if (names.Stack.Volumes.ContainsKey(key))
                {
                    return made with { Source = names.KeyOf(key) };
                }

                names.Diagnostics.Add(NameDiagnostics.UnknownVolume(mount.Source, path + ".volumes", names.Stack.Volumes.Keys));
                return null;
            default:
                return made;
        }
    }

    private static void AddFile(IDictionary<string, Mount> mounts, string what, FileMountSpec use, string target, ValueMap<FileSpec> declared, string path, StackNames names)
    {
        if (!declared.TryGetValue(use.Source.Value, out var file))
        {
            names.Diagnostics.Add(NameDiagnostics.UnknownFile(what, use.Source, path, declared.Keys));
            return;
        }

        var owner = (use.UserId, use.GroupId, use.Mode) is (null, null, null) ? null : new FileOwner(use.UserId, use.GroupId, use.Mode);
        if (file.File is { } onHost)
        {
            if (owner is not null)
            {
                names.Diagnostics.Add(MountDiagnostics.OwnerOfFile(use.Source, path));
            }

            Add(mounts, new() { Kind = MountKind.Bind, Source = names.AbsolutePath(onHost.Value), Target = target, IsReadOnly = true }, use.Source.Span, path, names);
            return;
        }

        if (file.Variable is { } variable)
        {
            names.Diagnostics.Add(MountDiagnostics.ValueOfVariable(what, file.Name.Value, variable, path));
            return;
        }

        if (file.External is { } external && !SecretName.IsValid(external.Value))
        {
            names.Diagnostics.Add(NameDiagnostics.SecretName(external, path));
        }

        var content = file.External is { } stored ? Text.SecretNamed(stored.Value) : file.Content?.Value ?? Text.Literal("");
        Add(mounts, new() { Kind = MountKind.Content, Target = target, IsReadOnly = true, Content = content, Owner = owner }, use.Source.Span, path, names);
    }

    private static void Add(IDictionary<string, Mount> mounts, Mount mount, SourceSpan span, string path, StackNames names)
    {
        if (!mounts.TryAdd(mount.Target, mount))
        {
            names.Diagnostics.Add(MountDiagnostics.TargetTwice(mount.Target, span, path));
        }
    }
}
