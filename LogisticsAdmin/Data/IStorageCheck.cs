namespace LogisticsAdmin.Data;

/// <summary>A slice's check of what must be true of its stored rows and files. Reads only.</summary>
public interface IStorageCheck
{
    /// <summary>What is checked, in a few words.</summary>
    string Subject { get; }

    /// <summary>Whether it looks for uploads, which some backups don't have.</summary>
    bool ReadsUploads => false;

    /// <summary>One sentence for each problem found in the database and in the storage directory that it belongs to.</summary>
    IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, CancellationToken ct);
}
