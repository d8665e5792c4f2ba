namespace LogisticsAdmin.Data;

/// <summary>A slice's check of what must be true of its stored rows and files. Reads only.</summary>
public interface IStorageCheck
{
    /// <summary>What is checked, in a few words.</summary>
    string Subject { get; }

    /// <summary>One sentence for each problem found.</summary>
    IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, CancellationToken ct);
}
