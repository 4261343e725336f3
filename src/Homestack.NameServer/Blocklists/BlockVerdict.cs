namespace Homestack.NameServer.Blocklists;

/// <summary>What a list says of a name.</summary>
internal enum BlockVerdict
{
    Silent,
    Blocked,
    Allowed,
}
