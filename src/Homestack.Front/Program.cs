using Homestack.Front;
using Homestack.Front.Machine;
using Homestack.Front.Naming;
using Homestack.Machine;

// The process that meets the network. It has no rights but to listen, and goes on serving what it was given last when the engine is away.
if (FrontArguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine("usage: homestack-front --folder DIR");
    return 1;
}

SocketThreads.WorkWhereItIsHeard();
try
{
    return await new FrontProcess(arguments, new NamesSlot(), TimeProvider.System).RunAsync();
}
catch (MachineException failure)
{
    Console.Error.WriteLine($"homestack-front: {failure.Call}: {failure.Words} {failure.Next}".TrimEnd());
    return 1;
}
