namespace Homestack.Cli.Commands;

/// <summary>Calls to copy, for the help of each verb.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, (string Line, string Words)[]> All = new()
    {
        ["homestack"] = [("homestack up", "bring the home in this folder up"), ("homestack plan", "see first what would change"), ("homestack help plan", "about one verb")],
        ["validate"] = [("homestack validate", "check the home in this folder"), ("homestack validate ~/home --json", "for editors and scripts")],
        ["plan"] = [("homestack plan", "what would change, and why"), ("homestack plan --explain photos", "every step for one service"), ("homestack plan --out tonight.plan", "keep it; carry it out with: homestack apply tonight.plan")],
        ["up"] = [("homestack up", "plan, ask, carry out, and keep watching"), ("homestack up -d --yes", "in the background, without a question")],
        ["apply"] = [("homestack apply tonight.plan", "exactly that plan, or refuse")],
        ["down"] = [("homestack down", "stop what is ours; data stays")],
        ["status"] = [("homestack status", "every service: wanted, actual, where it answers"), ("homestack status --json", "for scripts; exit code 2 when something is unwell")],
        ["names"] = [("homestack names", "what the name server answered and blocked"), ("homestack names --verbose", "with the newest questions"), ("homestack names --json", "for scripts")],
        ["generations"] = [("homestack generations", "every state this home was brought to")],
        ["rollback"] = [("homestack rollback", "to the generation before"), ("homestack rollback 12", "to that one")],
        ["logs"] = [("homestack logs photos -f", "follow"), ("homestack logs photos --tail 50 --since 10m", "the last lines of ten minutes")],
        ["exec"] = [("homestack exec photos -- ls -l /data", "run a program in a service's container")],
        ["restart"] = [("homestack restart photos", "stop and start it as it is")],
        ["render"] = [("homestack render --to compose", "the compiled home as a plain Compose file"), ("homestack render --to compose --out ~/plain", "a folder for each stack, ready for docker compose"), ("homestack render --to blueprint", "everything resolved, as JSON")],
        ["import"] = [("homestack import --out ~/home", "everything that runs here, as a home"), ("homestack import --out ~/home --project photos", "one Compose project"), ("homestack import --out ~/home --container dns", "one container")],
        ["doctor"] = [("homestack doctor", "what is missing or unwell, and what mends it")],
        ["schema"] = [("homestack schema > homestack.schema.json", "for editors")],
        ["install"] = [("homestack install", "start with the machine from now on"), ("homestack install --root /tmp/try", "only write the files, below a folder")],
        ["trust"] = [("homestack trust", "this machine believes the home's certificates"), ("homestack trust --remove", "no longer")],
        ["secret"] = [("homestack secret set cloudflare", "asks for the value"), ("homestack secret list", "names only")],
        ["set"] = [("homestack secret set cloudflare < token.txt", "the value from standard input")],
        ["list"] = [("homestack secret list", "names only")],
        ["version"] = [("homestack version", "which Homestack this is")],
    };

    public static IEnumerable<(string Line, string Words)> Of(string verb) => All.TryGetValue(verb, out var examples) ? examples : [];
}
