using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Shapes;
using Homestack.Primitives;

namespace Homestack.Manifests.Sections;

/// <summary><c>backups</c>: when, where to, and how long they are kept.</summary>
public static class BackupsSection
{
    private static readonly string[] Kinds = ["sftp:", "s3:", "rest:", "b2:", "azure:", "gs:", "swift:", "rclone:"];

    private static readonly Field<string> At = new("at", ShapeList.TimeOfDay, "Time of day. Default 02:10.");

    private static readonly Field<string> Repository = new("repository", ShapeList.Checked(text => IsRepository(text) ? text : null, "an absolute path, or one of " + string.Join(", ", Kinds) + " and what restic takes after it, without a password in it"),
        "Where to: an absolute path, or a place in restic's notation such as s3:https://s3.example.org/bucket.") { IsRequired = true };

    private static readonly Field<Text> Password = new("password", CredentialShape.Always, "What the repository is encrypted with, as \"${secret:name}\".") { IsRequired = true };

    private static readonly Field<ValueMap<Located<Text>>> Credentials = new("credentials", ShapeList.MapOf(NameRule.Variable, CredentialShape.ByKey), "What the place asks for, by restic's variable names.");

    private static readonly Field<ValueMap<Located<BackupTargetSpec>>> Targets = new("targets", ShapeList.MapOf(NameRule.Label, new MappingShape<BackupTargetSpec>(
            [Repository, Password, Credentials],
            fields => new() { Repository = fields.Get(Repository), Password = fields.Get(Password), Credentials = fields.Get(Credentials, ValueMap<Located<Text>>.Empty) })),
        "Places that backups go to, by name.") { IsRequired = true };

    private static readonly Field<int> Daily = Kept("daily", "days", 7);

    private static readonly Field<int> Weekly = Kept("weekly", "weeks", 5);

    private static readonly Field<int> Monthly = Kept("monthly", "months", 12);

    private static readonly Field<int> Yearly = Kept("yearly", "years", 0);

    private static readonly Field<KeepSpec> Keep = new("keep", new MappingShape<KeepSpec>(
            [Daily, Weekly, Monthly, Yearly],
            fields => new(fields.Get(Daily), fields.Get(Weekly), fields.Get(Monthly), fields.Get(Yearly)))
        {
            Check = (keep, span, path, diagnostics) =>
            {
                var counts = new[] { keep.Daily, keep.Weekly, keep.Monthly, keep.Yearly }.OfType<Located<int>>().ToList();
                if (counts.Count > 0 && counts.All(count => count.Value == 0))
                {
                    diagnostics.Add(ManifestDiagnostics.LeavesNothing("keep", span, path));
                }
            },
        },
        "How many are kept.");

    private static readonly Field<ValueList<Located<string>>> Without = new("without", ShapeList.ListOf(ShapeList.Name(NameRule.Label)), "Services that are not backed up.");

    public static readonly Shape<BackupsSpec> Shape = new MappingShape<BackupsSpec>(
        [At, Targets, Keep, Without],
        fields => new()
        {
            At = fields.Get(At), Targets = fields.Get(Targets, ValueMap<Located<BackupTargetSpec>>.Empty), Keep = fields.Get(Keep)?.Value, Without = fields.Get(Without, []),
        });

    private static Field<int> Kept(string key, string unit, int count) => new(key, ShapeList.Int(0, 1000), $"Last backup of each of so many {unit}. Default {count}.");

    private static bool IsRepository(string text) =>
        text.Length is > 1 and <= 1024 && !text.Any(char.IsControl)
        && (text[0] == '/' || Kinds.FirstOrDefault(kind => text.StartsWith(kind, StringComparison.Ordinal)) is { } found && text.Length > found.Length && !HasPassword(text[found.Length..]));

    private static bool HasPassword(string rest) => Uri.TryCreate(rest, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal);
}
