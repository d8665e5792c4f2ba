using LogisticsAdmin.Documents;

namespace LogisticsAdmin.Tests.Reports.Files;

/// <summary>An engine that is in the middle of a document until it is cancelled, or that fails.</summary>
internal sealed class HeldEngine(Exception? fault = null) : IDocumentEngine
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public byte[] Write(Document document, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (fault is not null) throw fault;
        progress?.Report(0.4);
        _begun.TrySetResult();
        cancellation.WaitHandle.WaitOne();
        cancellation.ThrowIfCancellationRequested();
        return [];
    }
}
