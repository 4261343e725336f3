namespace Homestack.NameServer;

/// <summary>How a question ended.</summary>
/// <remarks><para>Source: RFC 1035 §4.1.1; RFC 6895 §2.3. Values above 15 need an OPT record (RFC 6891 §6.1.3).</para></remarks>
public enum ResponseCode
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
    BadVersion = 16,
}
