namespace Homestack.Cli.Provisioning;

/// <summary>How it stands with the container engine of this machine.</summary>
internal enum DockerSituation
{
    /// <summary>It answers.</summary>
    Answers,

    /// <summary>It is there, and this user may not speak to it.</summary>
    Denied,

    /// <summary>It is installed and does not run.</summary>
    Stopped,

    /// <summary>It is not installed.</summary>
    Absent,
}
