namespace Homestack.Apply;

/// <summary>Who holds the lock of a home, for those who are refused.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Verb">What it does, such as <c>up</c>.</param>
/// <param name="Since">When it began.</param>
/// <param name="Host">Name of the machine it runs on.</param>
public sealed record LockHolder(int Pid, string Verb, DateTimeOffset Since, string Host);
