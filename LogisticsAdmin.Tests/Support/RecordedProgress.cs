using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Records the progress of a bulk action synchronously; Progress would post it.</summary>
internal sealed class RecordedProgress(Action? each = null) : IProgress<BulkProgress>
{
    public List<BulkProgress> Steps { get; } = [];

    public void Report(BulkProgress value)
    {
        Steps.Add(value);
        each?.Invoke();
    }
}
