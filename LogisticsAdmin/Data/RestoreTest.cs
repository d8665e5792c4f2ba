using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>Restores the newest backup into a temporary folder and checks it there as <c>check</c> does. Nothing that is stored changes.</summary>
public sealed class RestoreTest(Backups backups, BackupFolder folder, StorageInspection inspection, IOptions<StorageOptions> storage)
{
    /// <summary>What is wrong with the newest backup of this version; null when nothing is, or when there is none.</summary>
    public async Task<string?> RunAsync(CancellationToken ct)
    {
        if (folder.List().FirstOrDefault(f => f is { IsDamaged: false, Why: not BackupFile.BeforeMigration }) is not { } newest) return null;
        var directory = backups.TestDirectory;
        string? problem;
        try
        {
            await backups.UnpackAsync(Path.Combine(storage.Value.Backups, newest.Name), directory, ct);
            problem = await FirstProblemAsync(directory, withUploads: !newest.IsDatabaseOnly, ct);
        }
        catch (StartupProblem e)
        {
            problem = e.Message;
        }
        finally
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
        await folder.RecordTestAsync(newest.Name, problem, ct);
        return problem;
    }

    private async Task<string?> FirstProblemAsync(string directory, bool withUploads, CancellationToken ct)
    {
        await foreach (var (subject, problems) in inspection.InspectAsync(directory, withUploads, ct))
            if (problems.Count > 0) return $"{subject}: {problems[0]}";
        return null;
    }
}
