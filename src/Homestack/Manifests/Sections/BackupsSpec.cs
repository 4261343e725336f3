using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary>When, where to and how long backups are kept, as written under <c>backups</c>.</summary>
public sealed record BackupsSpec
{
    /// <summary>Time of day, <c>HH:mm</c>. Default 02:10.</summary>
    public Located<string>? At { get; init; }

    /// <summary>At least one.</summary>
    public ValueMap<Located<BackupTargetSpec>> Targets { get; init; } = ValueMap<Located<BackupTargetSpec>>.Empty;

    public KeepSpec? Keep { get; init; }

    /// <summary>Services that are not backed up.</summary>
    public ValueList<Located<string>> Without { get; init; } = [];
}

/// <summary>A place that backups go to, as written under <c>backups.targets</c>.</summary>
public sealed record BackupTargetSpec
{
    /// <summary>As restic takes it: an absolute path, or <c>sftp: s3: rest: b2: azure: gs: swift: rclone:</c>.</summary>
    public Located<string>? Repository { get; init; }

    /// <summary>What the repository is encrypted with.</summary>
    public Located<Text>? Password { get; init; }

    /// <summary>Environment variables for the place.</summary>
    public ValueMap<Located<Text>> Credentials { get; init; } = ValueMap<Located<Text>>.Empty;
}

/// <summary>How many of each are kept. Absent everywhere: 7 daily, 5 weekly, 12 monthly.</summary>
public sealed record KeepSpec(Located<int>? Daily, Located<int>? Weekly, Located<int>? Monthly, Located<int>? Yearly);
