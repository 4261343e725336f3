using Homestack.Engine;
using Homestack.Machine;

// The process that decides and touches the machine. It ends by SIGTERM or Ctrl-C; what runs in containers goes on.
if (EngineArguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine("usage: homestack-engine --state DIR [--log FILE]");
    return 1;
}

try
{
    return await new EngineProcess(arguments, TimeProvider.System).RunAsync();
}
catch (MachineException failure)
{
    Console.Error.WriteLine($"homestack-engine: {failure.Call}: {failure.Words} {failure.Next}".TrimEnd());
    return 1;
}
